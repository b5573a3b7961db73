import { describe, expect, test, vi } from "vitest";
import type { LogLine } from "@/lib/contracts/log";
import { LogStore } from "./log-store";

const line = (seq: number, text = `line ${seq}`): LogLine => ({
  seq,
  at: "2026-11-22T20:42:10.100Z",
  channel: "stderr",
  text,
});
const lines = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => line(from + index));
const seqsOf = (store: LogStore) =>
  Array.from({ length: store.lastSeq }, (_, index) => store.line(index + 1)?.seq);

function newStore() {
  const flushes: (() => void)[] = [];
  const store = new LogStore((flush) => flushes.push(flush));
  return { store, flushes };
}

describe("LogStore.append", () => {
  test.each<[string, LogLine[][], number, boolean]>([
    ["in order", [lines(1, 3), lines(4, 5)], 5, false],
    ["a frame twice", [lines(1, 3), lines(1, 3)], 3, false],
    ["frames that overlap", [lines(1, 3), lines(2, 5)], 5, false],
    ["a hole", [lines(1, 3), lines(6, 8)], 3, true],
    ["a hole at the start", [lines(2, 3)], 0, true],
    ["a hole, filled later", [lines(1, 3), lines(6, 8), lines(4, 5)], 8, false],
    ["a hole, filled with an overlap", [lines(1, 3), lines(6, 8), lines(2, 7)], 8, false],
    ["two holes, one filled", [lines(1, 1), lines(3, 3), lines(5, 5), lines(2, 2)], 3, true],
    ["lines upside down", [[...lines(1, 6)].reverse()], 6, false],
    ["nothing", [[]], 0, false],
  ])("%s", (_name, frames, lastSeq, gap) => {
    const { store } = newStore();
    const results = frames.map((frame) => store.append(frame));
    expect(store.lastSeq).toBe(lastSeq);
    expect(results.at(-1)?.gap).toBe(gap);
    expect(results.reduce((sum, result) => sum + result.added, 0)).toBe(lastSeq);
    expect(seqsOf(store)).toEqual(Array.from({ length: lastSeq }, (_, index) => index + 1));
  });

  test("cut at random 200 times, each resumed a little too early: no gap, no repeat", () => {
    const { store } = newStore();
    const all = lines(1, 5_000);
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % below;
    };
    for (let cut = 0; cut < 200; cut += 1) {
      const from = Math.max(0, store.lastSeq - random(20));
      store.append(all.slice(from, from + random(60)));
    }
    store.append(all.slice(store.lastSeq));
    expect(seqsOf(store)).toEqual(all.map(({ seq }) => seq));
  });

  test("renders a line after a silence at once, and a burst once a frame", () => {
    const { store, flushes } = newStore();
    const listener = vi.fn();
    store.subscribe(listener);
    store.append([line(1)]);
    expect(listener).toHaveBeenCalledTimes(1);
    for (let seq = 2; seq <= 1_000; seq += 1) store.append([line(seq)]);
    expect(flushes).toHaveLength(1);
    expect(listener).toHaveBeenCalledTimes(1);
    flushes[0]?.();
    expect(listener).toHaveBeenCalledTimes(2);
    store.append([line(1_001)]);
    expect(listener).toHaveBeenCalledTimes(2);
    flushes[1]?.();
    expect(listener).toHaveBeenCalledTimes(3);
    flushes[2]?.();
    expect(listener).toHaveBeenCalledTimes(3);
    store.append([line(1_002)]);
    expect(listener).toHaveBeenCalledTimes(4);
  });

  test("a repeat renders nothing", () => {
    const { store, flushes } = newStore();
    const listener = vi.fn();
    store.subscribe(listener);
    store.append(lines(1, 2));
    store.append(lines(1, 2));
    flushes[0]?.();
    expect(listener).toHaveBeenCalledTimes(1);
    expect(flushes).toHaveLength(1);
  });

  test("a listener can leave", () => {
    const { store, flushes } = newStore();
    const listener = vi.fn();
    store.subscribe(listener)();
    store.append(lines(1, 1));
    flushes[0]?.();
    expect(listener).not.toHaveBeenCalled();
  });
});

describe("LogStore.errorSeqs", () => {
  test("knows the lines that report an error, through colours", () => {
    const { store } = newStore();
    store.append([
      line(1, "[INFO] fine, 0 errors"),
      line(2, "\u001b[31m[ERROR]\u001b[0m failed"),
      line(3, "[CRITICAL] worse"),
      line(4, "Traceback (most recent call last):"),
      line(5, '  File "x.py", line 1'),
      line(6, "[WARNING] look"),
      line(7, "he said Traceback (most recent call last)"),
    ]);
    expect(store.errorSeqs).toEqual([2, 3, 4]);
  });
});

describe("LogStore.search", () => {
  test("finds whatever the case, and not in terminal sequences", () => {
    const { store } = newStore();
    store.append([line(1, "Alpha"), line(2, "\u001b[31mbeta alpha\u001b[0m"), line(3, "31m")]);
    expect(store.search("ALPHA")).toEqual([1, 2]);
    expect(store.search("31m")).toEqual([3]);
    expect(store.search("")).toEqual([]);
  });

  test("goes on where it stopped, and keeps its answer while nothing is new", () => {
    const { store } = newStore();
    store.append([line(1, "a hit"), line(2, "none")]);
    const first = store.search("hit");
    expect(store.search("hit")).toBe(first);
    store.append([line(3, "none")]);
    expect(store.search("hit")).toBe(first);
    store.append([line(4, "hit")]);
    expect(store.search("hit")).toEqual([1, 4]);
  });
});

test("toText is the log without terminal sequences", () => {
  const { store } = newStore();
  store.append([line(1, "\u001b[32mone\u001b[0m"), line(2, "two")]);
  expect(store.toText()).toBe("one\ntwo");
});
