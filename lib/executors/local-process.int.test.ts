import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import { requireTestService } from "@/lib/testing/throwaway-database";
import { startLocalProcess } from "./local-process";
import { findProcessesOfRun } from "./processes-of-run";

const PYTHON = requireTestService("BACKCOURT_TEST_PYTHON");

function start(argv: string[], cwd = "/", stopStepMs = 300) {
  const runId = randomUUID();
  let text = "";
  const execution = startLocalProcess({
    runId,
    argv,
    cwd,
    env: { PATH: process.env.PATH ?? "" },
    stopStepMs,
    sleep,
    output: (_channel, bytes) => {
      text += Buffer.from(bytes).toString();
    },
  });
  return { runId, execution, text: () => text };
}

describe("startLocalProcess", () => {
  it.each([
    ["exit 0", ["sh", "-c", "exit 0"], { kind: "exited", exitCode: 0 }],
    ["exit 3", ["sh", "-c", "exit 3"], { kind: "exited", exitCode: 3 }],
    ["a signal", ["sh", "-c", "kill -9 $$"], { kind: "signalled", signal: "SIGKILL" }],
    [
      "no such program",
      ["no-such-program"],
      { kind: "not-started", reason: "The program no-such-program does not exist on the worker's machine." },
    ],
  ])("tells %s apart", async (_name, argv, end) => {
    expect(await start(argv).execution.ended).toEqual(end);
  });

  it("names a folder that does not exist", async () => {
    const { execution } = start(["true"], "/no/such/folder");
    expect(await execution.ended).toMatchObject({
      kind: "not-started",
      reason: expect.stringContaining("/no/such/folder"),
    });
  });

  it("hands over all output, and no shell reads the arguments", async () => {
    const { execution, text } = start(["printf", "%s|", "a;b", "$(id)", "`id`", "x y"]);
    await execution.ended;
    expect(text()).toBe("a;b|$(id)|`id`|x y|");
  });

  it("passes nothing of its own environment on", async () => {
    vi.stubEnv("BACKCOURT_SECRET_OF_THE_WORKER", "hunter2");
    const { execution, text } = start(["env"]);
    await execution.ended;
    vi.unstubAllEnvs();
    expect(text()).not.toContain("hunter2");
  });

  it("ends a program that ignores SIGINT and SIGTERM, and its grandchild in a session of its own", async () => {
    const script = [
      "import os, signal, time",
      "for s in (signal.SIGINT, signal.SIGTERM): signal.signal(s, signal.SIG_IGN)",
      "if os.fork() == 0:",
      "    os.setsid()",
      "    time.sleep(300)",
      "print('ready', flush=True)",
      "time.sleep(300)",
    ].join("\n");
    const { runId, execution, text } = start([PYTHON, "-c", script]);
    await vi.waitFor(() => expect(text()).toContain("ready"), { timeout: 5_000 });
    expect(findProcessesOfRun(runId)).toHaveLength(2);
    await execution.stop();
    expect(await execution.ended).toEqual({ kind: "signalled", signal: "SIGKILL" });
    expect(findProcessesOfRun(runId)).toEqual([]);
  });
});
