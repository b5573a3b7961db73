import { describe, expect, test, vi } from "vitest";
import type { LogLine, LogPage } from "@/lib/contracts/log";
import { PAGE_LINES, RunLog } from "./run-log";

const line = (seq: number): LogLine => ({
  seq,
  at: "2026-11-22T20:42:10.100Z",
  channel: "stdout",
  text: `${seq}`,
});
const lines = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => line(from + index));

function setUp(stored: () => number, failures = 0) {
  const asked: number[] = [];
  let left = failures;
  const sleep = vi.fn(async () => {});
  const log = new RunLog({
    fetchPage: async (after, limit): Promise<LogPage> => {
      asked.push(after);
      if (left-- > 0) throw new Error("The Backcourt server cannot be reached.");
      return { lines: lines(after + 1, Math.min(stored(), after + limit)), total: stored() };
    },
    schedule: (flush) => flush(),
    sleep,
  });
  return { log, asked, sleep };
}

describe("RunLog", () => {
  test("reads a finished run by pages", async () => {
    const { log, asked } = setUp(() => 12_000);
    await log.load(false, 1);
    expect(asked).toEqual([0, PAGE_LINES, 2 * PAGE_LINES]);
    expect(log.store.lastSeq).toBe(12_000);
    expect(log.getSnapshot()).toEqual({ status: "complete", total: 12_000, problem: null });
  });

  test("an empty log is complete, or followed", async () => {
    const finished = setUp(() => 0);
    await finished.log.load(false, 1);
    expect(finished.log.getSnapshot().status).toBe("complete");
    const live = setUp(() => 0);
    await live.log.load(true, 1);
    expect(live.log.getSnapshot().status).toBe("following");
  });

  test("nothing stored yet: the stream brings it from the first line on, and no page is asked for", async () => {
    const { log, asked } = setUp(() => 0);
    void log.load(true, 0);
    expect(log.getSnapshot().status).toBe("following");
    log.receive(lines(1, 3));
    await log.load(true, 3);
    expect(log.getSnapshot().status).toBe("following");
    log.end();
    await log.load(true, 3);
    expect(log.getSnapshot().status).toBe("complete");
    expect(log.store.lastSeq).toBe(3);
    expect(asked).toEqual([]);
  });

  test("read early, and its run over before the page is there: completed from storage", async () => {
    const { log, asked } = setUp(() => 5);
    void log.load(true, 0);
    log.receive(lines(1, 3));
    await log.load(false, 5);
    expect(log.getSnapshot().status).toBe("complete");
    expect(log.store.lastSeq).toBe(5);
    expect(asked).toEqual([3]);
  });

  test("follows the stream behind what is stored, and ends with it", async () => {
    const { log, asked } = setUp(() => 3);
    await log.load(true, 1);
    log.receive(lines(3, 6));
    expect(log.store.lastSeq).toBe(6);
    expect(asked).toEqual([0]);
    log.end();
    expect(log.getSnapshot().status).toBe("complete");
  });

  test("fills a hole in the stream from storage", async () => {
    let stored = 3;
    const { log, asked } = setUp(() => stored);
    await log.load(true, 1);
    stored = 10;
    log.receive(lines(8, 10));
    log.receive(lines(11, 12));
    await vi.waitFor(() => expect(log.store.lastSeq).toBe(12));
    expect(asked).toEqual([0, 3]);
  });

  test("a hole that storage cannot fill does not ask for ever", async () => {
    const { log, asked } = setUp(() => 3);
    await log.load(true, 1);
    log.receive(lines(8, 9));
    await vi.waitFor(() => expect(asked).toEqual([0, 3]));
    expect(log.store.lastSeq).toBe(3);
  });

  test("catches up with what the run says it wrote", async () => {
    let stored = 3;
    const { log, asked } = setUp(() => stored);
    await log.load(false, 1);
    await log.catchUp(3);
    expect(asked).toEqual([0]);
    stored = 5;
    await log.catchUp(5);
    expect(log.store.lastSeq).toBe(5);
  });

  test("says why it cannot read, tries again less and less often, and goes on", async () => {
    const { log, sleep } = setUp(() => 4, 6);
    const seen: string[] = [];
    log.subscribe(() => seen.push(log.getSnapshot().status));
    await log.load(false, 1);
    expect(sleep.mock.calls.map(([wait]: unknown[]) => wait)).toEqual([
      1_000, 2_000, 4_000, 8_000, 15_000, 15_000,
    ]);
    expect(seen).toContain("failed");
    expect(log.getSnapshot()).toEqual({ status: "complete", total: 4, problem: null });
    expect(log.store.lastSeq).toBe(4);
  });

  test("closed in the middle, it can be loaded again", async () => {
    const { log } = setUp(() => 12_000);
    const first = log.load(false, 1);
    log.close();
    await first;
    expect(log.getSnapshot().status).toBe("loading");
    await log.load(false, 1);
    expect(log.store.lastSeq).toBe(12_000);
    expect(log.getSnapshot().status).toBe("complete");
  });

  test("closed and loaded again at once, only the second load counts", async () => {
    const { log } = setUp(() => 12_000);
    const first = log.load(true, 1);
    log.close();
    const second = log.load(true, 1);
    await first;
    expect(log.getSnapshot().status).toBe("loading");
    await second;
    expect(log.store.lastSeq).toBe(12_000);
    expect(log.getSnapshot().status).toBe("following");
  });
});
