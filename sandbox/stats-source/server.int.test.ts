import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it, vi } from "vitest";

const SERVER = fileURLToPath(new URL("server.ts", import.meta.url));
const started: ChildProcess[] = [];

afterEach(() => {
  for (const child of started.splice(0)) child.kill("SIGKILL");
});

/** Starts the process as the demo does; `output` holds what it has printed so far. */
function startServer(variables: Record<string, string>) {
  const child = spawn(process.execPath, ["--import", "tsx", SERVER], {
    env: { ...process.env, STATS_SOURCE_PORT: "0", SANDBOX_ANCHOR_DATE: "2025-02-10", ...variables },
  });
  started.push(child);
  const printed = { output: "" };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      printed.output += text;
    });
  }
  return { child, printed };
}

describe("the stats source's process", () => {
  it("serves on loopback and ends on SIGTERM", async () => {
    const { child, printed } = startServer({});
    const url = await vi.waitFor(() => /http:\S+/.exec(printed.output)?.[0] ?? expect.fail(printed.output), {
      timeout: 10_000,
    });
    expect((await fetch(`${url}/boxscores?date=2025-02-07`)).status).toBe(200);
    const exit = once(child, "exit");
    child.kill("SIGTERM");
    expect(await exit).toEqual([0, null]);
  });

  it.each([
    [{ STATS_SOURCE_HOST: "0.0.0.0" }, "STATS_SOURCE_HOST is a loopback address"],
    [{ SANDBOX_ANCHOR_DATE: "2025-02-30" }, "SANDBOX_ANCHOR_DATE is a date"],
  ])("refuses %s", async (variables, message) => {
    const { child, printed } = startServer(variables);
    const [code] = await once(child, "close");
    expect(code).toBe(1);
    expect(printed.output).toContain(message);
  });
});
