import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { createAnnounce } from "@/lib/events/channel";
import { findProcessesOfRun } from "@/lib/executors/processes-of-run";
import { readLogLines } from "@/lib/logs/read-log";
import { requestCancel } from "@/lib/runs/run-lifecycle";
import { requireTestService } from "@/lib/testing/throwaway-database";
import { handlerFor, WorkerStand } from "@/sandbox/testing/worker-stand";

const PYTHON = requireTestService("BACKCOURT_TEST_PYTHON");
let stand: WorkerStand;

beforeAll(async () => {
  stand = await WorkerStand.open();
});
afterEach(() => stand.stopWorkers());
afterAll(() => stand.close());

/** A program that stands for the ingestion. */
function program(code: string): string[] {
  return [PYTHON, "-c", code];
}

describe("startWorker", () => {
  it("executes a run whose doorbell was lost, keeps its log in order, and judges its effect", async () => {
    const folder = mkdtempSync(join(tmpdir(), "backcourt-test-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const arrival = join(folder, "arrived");
    const argv = program(
      `import sys\nprint('one')\nprint('pw is s3cret-pw')\nprint('[INFO] two', file=sys.stderr)\nopen('${arrival}', 'w').close()`,
    );
    stand.start(handlerFor(argv, () => existsSync(arrival)));
    const id = await stand.queueRun(argv);
    await stand.reached(id, "succeeded");
    const text = await stand.log(id);
    expect(text).toEqual(
      expect.arrayContaining(["one", "pw is ***", "[INFO] two", expect.stringMatching(/^exit 0 after/)]),
    );
    const lines = await readLogLines(stand.db, id, 0, 10_000);
    expect(lines.map(({ seq }) => seq)).toEqual(lines.map((_, index) => index + 1));
    const run = await stand.run(id);
    expect(run).toMatchObject({ exitCode: 0, attempt: 1, logLines: lines.length, worker: "w1" });
  });

  it("has a supervisor up when its run has been previewed, and none after it has stopped", async () => {
    const argv = program("import os, time; print(os.getppid(), flush=True); time.sleep(0.3)");
    const worker = stand.start(handlerFor(argv));
    // The subscription may still be on its way.
    await vi.waitFor(async () => {
      await createAnnounce(stand.producer)({ type: "previewed", kind: "backfill" });
      expect(stand.supervision.pids()).toHaveLength(1);
    });
    const [ready] = stand.supervision.pids();
    const id = await stand.queueRun(argv);
    await stand.reached(id, "no_effect");
    expect(await stand.log(id)).toContain(String(ready));
    await createAnnounce(stand.producer)({ type: "previewed", kind: "backfill" });
    await vi.waitFor(() => expect(stand.supervision.pids()).toHaveLength(1));
    await worker.stop();
    await vi.waitFor(() => expect(stand.supervision.pids()).toEqual([]));
  });

  it("calls exit 0 without an effect `no_effect`, and keeps the line that explains it", async () => {
    const argv = program(
      'print("[ERROR] Box Scores Function Failed, Box Scores aren\'t available yet for 2026-11-21")',
    );
    stand.start(handlerFor(argv));
    const id = await stand.queueRun(argv);
    await stand.reached(id, "no_effect");
    const { receipt } = await stand.run(id);
    expect(receipt).toMatchObject({ explainedBy: { text: expect.stringContaining("aren't available yet") } });
  });

  it("starts a run once, though two workers hear a hundred doorbells", async () => {
    const argv = program("print('started')");
    const handler = handlerFor(argv);
    stand.start(handler, { workerId: "a" });
    stand.start(handler, { workerId: "b" });
    const id = await stand.queueRun(argv);
    await Promise.all(Array.from({ length: 100 }, () => stand.doorbell.ring("backfill", id)));
    await stand.reached(id, "no_effect");
    expect((await stand.log(id)).filter((text) => text === "started")).toHaveLength(1);
    expect(await stand.run(id)).toMatchObject({ attempt: 1 });
  });

  it("never runs two of one lock key at once, and runs all of them", async () => {
    const argv = program(
      "import time\nprint('start', time.time())\ntime.sleep(0.2)\nprint('end', time.time())",
    );
    stand.start(handlerFor(argv));
    const ids = [await stand.queueRun(argv), await stand.queueRun(argv), await stand.queueRun(argv)];
    for (const id of ids) await stand.reached(id, "no_effect");
    const spans = await Promise.all(
      ids.map(async (id) => {
        const text = await stand.log(id);
        const at = (word: string) => Number(text.find((line) => line.startsWith(word))?.split(" ")[1]);
        return [at("start"), at("end")] as const;
      }),
    );
    const ordered = spans.sort(([a], [b]) => a - b);
    for (let i = 1; i < ordered.length; i += 1)
      expect(ordered[i]?.[0]).toBeGreaterThanOrEqual(ordered[i - 1]?.[1] ?? 0);
  });

  it("cancels a run across processes: nothing of it is left, and its lock is free", async () => {
    const argv = program(
      "import subprocess, time\nsubprocess.Popen(['sleep', '300'], start_new_session=True)\nprint('up', flush=True)\ntime.sleep(300)",
    );
    stand.start(handlerFor(argv));
    const id = await stand.queueRun(argv);
    await vi.waitFor(async () => expect(await stand.log(id)).toContain("up"), { timeout: 10_000 });
    expect(findProcessesOfRun(id)).toHaveLength(2);
    expect(await requestCancel(stand.db, id, "op")).toBe("requested");
    await stand.reached(id, "cancelled");
    expect(findProcessesOfRun(id)).toEqual([]);
    const next = await stand.queueRun(program("print('next')"));
    await stand.reached(next, "refused");
  });

  it("refuses a run whose command is not the one it would run itself", async () => {
    stand.start(handlerFor(program("print('mine')")));
    const id = await stand.queueRun(program("print('another')"));
    await stand.reached(id, "refused");
    const text = await stand.log(id);
    expect(text).not.toContain("another");
    expect((await stand.run(id)).outcome).toContain("not what was confirmed");
  });

  it("ends a run as interrupted when it is shut down, and takes its program along", async () => {
    const argv = program("print('up', flush=True)\nimport time\ntime.sleep(300)");
    const worker = stand.start(handlerFor(argv));
    const id = await stand.queueRun(argv);
    await vi.waitFor(async () => expect(await stand.log(id)).toContain("up"), { timeout: 10_000 });
    await worker.stop();
    await stand.reached(id, "interrupted");
    expect(findProcessesOfRun(id)).toEqual([]);
  });

  it("keeps the log of a program that writes a hundred thousand lines, cut with a marker, every line once", async () => {
    const argv = program("for i in range(210_000): print('line', i)");
    stand.start(handlerFor(argv));
    const id = await stand.queueRun(argv);
    await stand.reached(id, "no_effect");
    const run = await stand.run(id);
    expect(run.logTruncated).toBe(true);
    const tail = await readLogLines(stand.db, id, run.logLines - 4, 10);
    expect(tail.map(({ text }) => text)[0]).toContain("log truncated");
    const numbers: number[] = [];
    for (let after = 0; after < run.logLines; ) {
      const lines = await readLogLines(stand.db, id, after, 20_000);
      after = lines.at(-1)?.seq ?? run.logLines;
      for (const { text } of lines) if (text.startsWith("line ")) numbers.push(Number(text.slice(5)));
    }
    expect(numbers.every((number, index) => number === index)).toBe(true);
    expect(numbers.length).toBeGreaterThan(199_000);
  });
});
