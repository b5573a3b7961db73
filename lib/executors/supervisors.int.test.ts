import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { prepareSupervision, type TestSupervision } from "@/sandbox/testing/supervisor-bundle";
import { createSupervisors, type Supervisors } from "./supervisors";

let testing: TestSupervision;
let supervisors: Supervisors;

beforeAll(async () => {
  testing = await prepareSupervision();
});
afterEach(async () => {
  supervisors.close();
  await untilUp(0);
});
afterAll(() => testing.remove());

function create(readyMs = 60_000): Supervisors {
  supervisors = createSupervisors({ bundle: testing.bundle, sleep, readyMs });
  return supervisors;
}

const untilUp = (count: number) =>
  vi.waitFor(() => expect(testing.pids()).toHaveLength(count), { timeout: 10_000 });

/** Runs a program under the next supervisor; gives its output and the supervisor's pid. */
async function runProgram(): Promise<{ output: string; supervisorPid: number }> {
  const runId = randomUUID();
  const folder = join(testing.stateFolder, "runs", runId);
  mkdirSync(folder, { recursive: true });
  const supervision = supervisors.take();
  let output = "";
  const program = { argv: ["sh", "-c", "echo $PPID"], cwd: "/", env: { PATH: process.env.PATH ?? "" } };
  const execution = await supervision.launch({ runId, folder }, program, (_channel, bytes) => {
    output += Buffer.from(bytes).toString();
  });
  expect(await execution.ended).toEqual({ kind: "exited", exitCode: 0 });
  supervision.release();
  return { output, supervisorPid: Number(output) };
}

describe("createSupervisors", () => {
  it("starts none before one is needed, and one for a run that nobody expected", async () => {
    create();
    expect(testing.pids()).toEqual([]);
    expect((await runProgram()).supervisorPid).toBeGreaterThan(0);
    await untilUp(0);
  });

  it("has one up for the run that is expected, however often, and no further one after it", async () => {
    create();
    for (let times = 0; times < 5; times += 1) supervisors.expectRun();
    await untilUp(1);
    const [ready] = testing.pids();
    expect((await runProgram()).supervisorPid).toBe(ready);
    await untilUp(0);
    expect((await runProgram()).supervisorPid).not.toBe(ready);
  });

  it("lets it go when the run does not come", async () => {
    create(300);
    supervisors.expectRun();
    await untilUp(1);
    await untilUp(0);
    expect((await runProgram()).supervisorPid).toBeGreaterThan(0);
  });

  it("does not use one that was killed while it waited", async () => {
    create();
    supervisors.expectRun();
    await untilUp(1);
    const [ready = 0] = testing.pids();
    process.kill(ready, "SIGKILL");
    // Until it is reaped: then its worker has heard of it.
    await vi.waitFor(() => expect(() => process.kill(ready, 0)).toThrow());
    expect((await runProgram()).supervisorPid).not.toBe(ready);
    supervisors.expectRun();
    await untilUp(1);
  });

  it("lets it go when the worker stops", async () => {
    create();
    supervisors.expectRun();
    await untilUp(1);
    supervisors.close();
    await untilUp(0);
  });
});
