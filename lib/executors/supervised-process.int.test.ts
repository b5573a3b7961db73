import { randomUUID } from "node:crypto";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { requireTestService } from "@/lib/testing/throwaway-database";
import { prepareSupervision, type TestSupervision } from "@/sandbox/testing/supervisor-bundle";
import { identify, isAlive } from "./process-identity";
import { findProcessesOfRun } from "./processes-of-run";
import { startSupervisor } from "./supervised-process";
import { readRecord } from "./supervisor/read-record";

const PYTHON = requireTestService("BACKCOURT_TEST_PYTHON");
const NOT_EXECUTABLE = fileURLToPath(import.meta.url);
let testing: TestSupervision;
const cleanUps: (() => unknown)[] = [];

beforeAll(async () => {
  testing = await prepareSupervision();
});
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});
afterAll(() => testing.remove());

function supervise({ wordMs = 1_000, silenceMs = 60_000 } = {}) {
  const runId = randomUUID();
  const folder = join(testing.stateFolder, "runs", runId);
  mkdirSync(folder, { recursive: true });
  const supervision = startSupervisor({
    bundle: testing.bundle,
    stopStepMs: 300,
    wordMs,
    silenceMs,
    sleep,
  });
  cleanUps.push(() => supervision.release());
  let text = "";
  return {
    runId,
    folder,
    supervision,
    text: () => text,
    launch: (argv: string[], cwd = "/") =>
      supervision.launch(
        { runId, folder },
        { argv, cwd, env: { PATH: process.env.PATH ?? "" } },
        (_channel, bytes) => {
          text += Buffer.from(bytes).toString();
        },
      ),
  };
}

/** Heeds no signal but SIGKILL, and has a child in a session of its own that heeds none either. */
const STUBBORN = [
  "import os, signal, time",
  "for s in (signal.SIGINT, signal.SIGTERM): signal.signal(s, signal.SIG_IGN)",
  "if os.fork() == 0:",
  "    os.setsid()",
  "    time.sleep(300)",
  "print('ready', flush=True)",
  "time.sleep(300)",
].join("\n");

describe("startSupervisor", () => {
  it.each([
    ["exit 0", ["sh", "-c", "exit 0"], { kind: "exited", exitCode: 0 }],
    ["exit 3", ["sh", "-c", "exit 3"], { kind: "exited", exitCode: 3 }],
    ["a signal", ["sh", "-c", "kill -9 $$"], { kind: "signalled", signal: "SIGKILL" }],
    [
      "no such program",
      ["no-such-program"],
      { kind: "not-started", reason: "The program no-such-program does not exist on the worker's machine." },
    ],
    [
      "a file that may not be executed",
      [NOT_EXECUTABLE],
      {
        kind: "not-started",
        reason: `The program ${NOT_EXECUTABLE} may not be executed by the worker's user.`,
      },
    ],
  ])("tells %s apart", async (_name, argv, end) => {
    const { launch } = supervise();
    expect(await (await launch(argv)).ended).toEqual(end);
  });

  it("waits for the order for as long as its worker lives", async () => {
    const { launch } = supervise({ wordMs: 100, silenceMs: 1_000 });
    // Longer than the silence that it bears, and the second at which it looks.
    await sleep(3_000);
    expect(await (await launch(["true"])).ended).toEqual({ kind: "exited", exitCode: 0 });
  });

  it("names a folder that does not exist", async () => {
    const { launch } = supervise();
    const { ended } = await launch(["true"], "/no/such/folder");
    expect(await ended).toMatchObject({
      kind: "not-started",
      reason: expect.stringContaining("/no/such/folder"),
    });
  });

  it("hands over all output on both channels, and no shell reads the arguments", async () => {
    const { launch, text } = supervise();
    const { ended } = await launch([
      PYTHON,
      "-c",
      "import sys\nsys.stdout.write('x' * 1_000_000 + '|'.join(sys.argv[1:]))\nsys.stderr.write('!' * 10)",
      "a;b",
      "$(id)",
    ]);
    await ended;
    expect(text()).toHaveLength(1_000_000 + "a;b|$(id)".length + 10);
    expect(text()).toContain("a;b|$(id)");
  });

  it("passes nothing of its own environment on", async () => {
    vi.stubEnv("BACKCOURT_SECRET_OF_THE_WORKER", "hunter2");
    const { launch, text } = supervise();
    await (await launch(["env"])).ended;
    vi.unstubAllEnvs();
    expect(text()).not.toContain("hunter2");
    expect(text()).not.toContain("NODE_CHANNEL_FD");
  });

  it("ends a stubborn program with its grandchild in a session of its own", async () => {
    const { runId, launch, text } = supervise();
    const execution = await launch([PYTHON, "-c", STUBBORN]);
    await vi.waitFor(() => expect(text()).toContain("ready"), { timeout: 10_000 });
    expect(findProcessesOfRun(runId)).toHaveLength(2);
    await execution.stop();
    expect(await execution.ended).toEqual({ kind: "signalled", signal: "SIGKILL" });
    expect(findProcessesOfRun(runId)).toEqual([]);
  });

  it("ends a child that has shed the run's mark but stayed in the group", async () => {
    const { launch, text } = supervise();
    const execution = await launch(["sh", "-c", "env -i sleep 300 & echo $!; wait"]);
    await vi.waitFor(() => expect(text()).toMatch(/\d+\n/), { timeout: 10_000 });
    const child = identify(Number(text()));
    expect(isAlive(child)).toBe(true);
    await execution.stop();
    expect(isAlive(child)).toBe(false);
  });

  it("goes away unused, and leaves no record", async () => {
    const { supervision, folder } = supervise();
    supervision.release();
    expect(await readRecord(folder)).toBeNull();
  });

  it("notes what it started and how that ended", async () => {
    const { launch, folder, runId, supervision } = supervise();
    await (await launch(["sh", "-c", "exit 4"])).ended;
    const record = await readRecord(folder);
    expect(record).toMatchObject({
      runId,
      worker: { pid: process.pid },
      ended: { exitCode: 4, signal: null },
      lost: null,
      signals: [],
    });
    supervision.release();
    await vi.waitFor(() => expect(record && isAlive(record.supervisor)).toBe(false), { timeout: 10_000 });
    expect(await readRecord(folder)).toEqual(record);
  });

  it("starts nothing where its record cannot be written, and says why", async () => {
    const { launch, folder, runId } = supervise();
    // A device that is always full.
    symlinkSync("/dev/full", join(folder, "record.json.new"));
    await expect(launch(["sleep", "300"])).rejects.toMatchObject({
      code: "conflict",
      message: `The worker cannot write its records in ${folder}: no space left on device.`,
    });
    expect(findProcessesOfRun(runId)).toEqual([]);
  });

  it("ends the whole tree when the worker lets go of it, and notes that", async () => {
    const { launch, folder, runId, text, supervision } = supervise();
    await launch([PYTHON, "-c", STUBBORN]);
    await vi.waitFor(() => expect(text()).toContain("ready"), { timeout: 10_000 });
    supervision.release();
    await vi.waitFor(() => expect(findProcessesOfRun(runId)).toEqual([]), { timeout: 20_000 });
    await vi.waitFor(async () => expect((await readRecord(folder))?.allGoneAt).toBeTruthy(), {
      timeout: 10_000,
    });
    expect(await readRecord(folder)).toMatchObject({
      lost: { why: "gone" },
      signals: ["SIGINT", "SIGTERM", "SIGKILL"],
      ended: { signal: "SIGKILL" },
    });
  });

  it("takes a worker that says nothing any more for lost", async () => {
    const { launch, folder } = supervise({ wordMs: 60_000, silenceMs: 100 });
    const { ended } = await launch(["sleep", "300"]);
    expect(await ended).toEqual({ kind: "signalled", signal: "SIGINT" });
    expect(await readRecord(folder)).toMatchObject({ lost: { why: "silent" }, signals: ["SIGINT"] });
  });

  it("lets a program go on whose supervisor is killed, and tells that its end was not seen", async () => {
    const { launch, folder, text, runId } = supervise();
    const { ended } = await launch([
      PYTHON,
      "-c",
      "import sys\nprint('up', flush=True)\nsys.stdin.read()\nimport time\ntime.sleep(1.5)\nprint('done', flush=True)",
    ]);
    await vi.waitFor(async () => expect((await readRecord(folder))?.program).toBeTruthy(), {
      timeout: 10_000,
    });
    const supervisor = (await readRecord(folder))?.supervisor.pid ?? 0;
    process.kill(supervisor, "SIGKILL");
    expect(await ended).toEqual({ kind: "lost", reason: "its supervisor was lost (SIGKILL)" });
    expect(text()).toContain("done");
    expect(findProcessesOfRun(runId)).toEqual([]);
  });
});
