import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { hasEnded } from "@/e2e/stack/console-api";
import { eventually, type FaultStack, startFaultStack } from "./fault-stack";
import { watchMemory } from "./watch-memory";

const FLOOD_BYTES = 1_000_000_000;
/** Node keeps garbage until it needs the room; a backlog of a gigabyte would show all the same. */
const FLAT_MB = 160;
const ML_TIMEOUT_MINUTES = 0.05;

let faults: FaultStack;

beforeAll(async () => {
  faults = await startFaultStack({ env: { worker: { ML_TIMEOUT_MINUTES: String(ML_TIMEOUT_MINUTES) } } });
});
afterAll(() => faults.stop());
afterEach(async () => expect(await faults.violations()).toEqual([]));

describe("an order", () => {
  it("row 15: sent 50 times at once with one key is one run", async () => {
    const date = faults.takeDate();
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 50 }, () => faults.order([date], key)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 202));
    expect(new Set(answers.flatMap(({ ids }) => ids)).size).toBe(1);
    expect((await faults.api.runs(`&date=${date}`)).runs).toHaveLength(1);
  });

  it("row 16: of the same target by someone else gives the run on its way and whose it is; of another it waits behind", async () => {
    const [date, other] = [faults.takeDate(), faults.takeDate()];
    faults.stub.plan(date, { hold: true });
    const id = await faults.orderOne(date);
    const [again] = await faults.api.order([date]);
    expect(again).toMatchObject({ id, alreadyActive: true, requestedBy: expect.stringMatching(/.+/) });
    await faults.started(id);
    const behind = await faults.orderOne(other);
    expect((await faults.api.run(behind)).waiting).toMatchObject({ for: "lock", runId: id });
    faults.stub.release(date);
  });
});

describe("a program's end", () => {
  it("row 20: exit 1, death by signal, a program that is not there and a timeout are told apart", async () => {
    const dates = [faults.takeDate(), faults.takeDate(), faults.takeDate()] as const;
    faults.stub.plan(dates[0], { exit: 1 });
    faults.stub.plan(dates[1], { signal: "SIGSEGV" });
    const exited = await ended(await faults.orderOne(dates[0]));
    const signalled = await ended(await faults.orderOne(dates[1]));
    faults.stub.uninstall();
    const absent = await ended(await faults.orderOne(dates[2]));
    faults.stub.install();
    faults.stub.plan("ml", { hold: true });
    const timedOut = await ended(await orderMl());

    expect(exited).toMatchObject({ state: "failed", outcome: expect.stringContaining("exit 1") });
    expect(signalled).toMatchObject({ state: "failed", outcome: expect.stringContaining("SIGSEGV") });
    expect(absent).toMatchObject({ state: "failed", outcome: expect.stringContaining("does not exist") });
    expect(timedOut).toMatchObject({ state: "timed_out", outcome: expect.stringContaining("minutes") });
    expect(faults.processesOf(timedOut.id)).toEqual([]);
  });

  it("row 32: exit 0 without anything written is no effect", async () => {
    const hole = faults.stack.holes.find(({ kind }) => kind === "missing");
    const run = await ended(await faults.orderOne(hole?.date ?? ""));
    expect(run).toMatchObject({ state: "no_effect", exitCode: 0 });
  });

  it("row 18: a program that ignores signals and leaves its session is dead when its run says so", async () => {
    const date = faults.takeDate();
    faults.stub.plan(date, { hold: true, ignoreSignals: true, setsid: true });
    const id = await faults.orderOne(date);
    await faults.started(id);
    await eventually("both processes are there", 10_000, async () => {
      const pids = faults.processesOf(id);
      return { done: pids.length >= 2, seen: `${pids.length} processes` };
    });
    await faults.api.cancel(id);
    await faults.reaches(id, ["cancelled"], 15_000);
    expect(faults.processesOf(id)).toEqual([]);
  });

  it("row 17: a cancel at any moment of 30 runs leaves one final state each", async () => {
    const ids: string[] = [];
    for (let turn = 0; turn < 30; turn += 1) {
      const id = await faults.orderOne(faults.takeDate());
      await sleep(Math.random() * 350);
      const { status } = await faults.api.post(`/api/runs/${id}/cancel`, {});
      expect([200, 409]).toContain(status);
      ids.push(id);
    }
    const states = await Promise.all(ids.map(async (id) => (await ended(id)).state));
    expect(states.every((state) => ["cancelled", "succeeded"].includes(state))).toBe(true);
  });
});

describe("a program's output", () => {
  it("row 21: 1 GB leaves the worker's memory flat, is cut with a marker, and does not block the program", async () => {
    const date = faults.takeDate();
    faults.stub.plan(date, { floodBytes: FLOOD_BYTES });
    const memory = watchMemory(faults.stack.worker.pid);
    const run = await ended(await faults.orderOne(date), 100_000);
    const { atFirstMb, mostMb } = memory.stop();
    console.log(
      `row 21: worker ${atFirstMb} MB before, at most ${mostMb} MB during ${FLOOD_BYTES / 1e6} MB of output`,
    );
    expect(mostMb - atFirstMb).toBeLessThan(FLAT_MB);
    expect(run).toMatchObject({ state: "succeeded", exitCode: 0, log: { truncated: true } });
    const [{ text } = { text: "" }] = await faults.query<{ text: string }>(
      `select string_agg(line->>'text', ' | ') as text from backcourt.log_chunk, jsonb_array_elements(lines) line
       where run_id = $1 and line->>'channel' = 'backcourt'`,
      [run.id],
    );
    expect(text).toContain("log truncated");
  });

  it("row 22: bytes that are no text are stored and shown", async () => {
    const date = faults.takeDate();
    const odd = Buffer.concat([
      Buffer.from("one\rtwo\r\nthree\u2028same line\n\u0000nul\n"),
      Buffer.from([0xff, 0xfe, 0x66, 0x0a]),
      Buffer.from("half a sign: "),
      Buffer.from([0xe2, 0x82, 0x0a]),
    ]);
    faults.stub.plan(date, { lines: 0, base64: odd.toString("base64"), longLineBytes: 100_000_000 });
    const id = await faults.orderOne(date);
    faults.read(id);
    await ended(id, 60_000);
    const { lines } = await faults.api.lines(id);
    const texts = lines.filter(({ channel }) => channel === "stdout").map(({ text }) => text);
    expect(texts.slice(0, 6)).toEqual([
      "one",
      "two",
      "three\u2028same line",
      "\ufffdnul",
      "\ufffd\ufffdf",
      "half a sign: \ufffd",
    ]);
    expect(texts[6]).toMatch(/^x+ … \(line cut\)$/);
    expect(texts).toHaveLength(7);
    expect(await faults.api.rawLog(id)).toContain("three\u2028same line\n");
  });
});

function ended(id: string, withinMs = 30_000) {
  return faults.api.runOnce(id, hasEnded, withinMs);
}

/** The ML program predicts the games of the UTC date on which it runs. */
function orderMl(): Promise<string> {
  const gameDate = new Date().toISOString().slice(0, 10);
  return faults.orderOther({ kind: "ml", params: [{ gameDate }] });
}
