import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseWebEnv, parseWorkerEnv } from "@/lib/env";
import { consoleEnvironment } from "./console-environment.mjs";

const ROOT = mkdtempSync(join(tmpdir(), "backcourt-root-"));

function environment() {
  const options = {
    root: ROOT,
    state: { stateDir: mkdtempSync(join(tmpdir(), "backcourt-state-")), children: null },
    stores: {
      env: { PATH: "/usr/bin" },
      consoleUrl: "postgresql://backcourt:x@127.0.0.1:5432/backcourt",
      postgres: { port: 5432, adminUrl: "postgresql://postgres:x@127.0.0.1:5432/postgres" },
      redis: { url: "redis://127.0.0.1:6379" },
      python: "/venv/bin/python",
    },
    nodeEnv: "production" as const,
    port: 3000,
    sourcePort: 4000,
  };
  return consoleEnvironment(options as unknown as Parameters<typeof consoleEnvironment>[0]);
}

describe("consoleEnvironment", () => {
  it("lets web and worker agree on what would run, or the worker refuses every run", () => {
    const { web, worker } = environment();
    const [webEnv, workerEnv] = [parseWebEnv(web), parseWorkerEnv(worker)];
    expect(webEnv.INGESTION_COMMAND).toEqual(["/venv/bin/python", "-m", "scripts.backfill"]);
    expect(webEnv.INGESTION_COMMAND).toEqual(workerEnv.INGESTION_COMMAND);
    expect(webEnv.INGESTION_CWD).toBe(workerEnv.INGESTION_CWD);
  });

  it("gives the ingestion's credentials to the worker only", () => {
    const { web, worker } = environment();
    expect(parseWorkerEnv(worker).ingestionEnv).toMatchObject({ RDS_USER: "pipeline", RDS_SCHEMA: "bronze" });
    expect(JSON.stringify(web)).not.toContain(parseWorkerEnv(worker).ingestionEnv.RDS_PW ?? "no password");
  });
});
