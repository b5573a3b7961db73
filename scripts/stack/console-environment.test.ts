import { mkdtempSync, readFileSync } from "node:fs";
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
    dashboardPorts: { ecsPort: 4001, pagePort: 4002 },
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
    expect(webEnv.DBT_COMMAND).toEqual(["/venv/bin/dbt"]);
    for (const name of ["DBT_COMMAND", "DBT_CWD", "DBT_TARGET"] as const) {
      expect(webEnv[name]).toEqual(workerEnv[name]);
    }
    expect(webEnv.ML_COMMAND).toEqual(["/venv/bin/python", "-m", "src.app"]);
    for (const name of ["ML_COMMAND", "ML_CWD"] as const) expect(webEnv[name]).toEqual(workerEnv[name]);
    for (const name of ["DASHBOARD_REGION", "DASHBOARD_CLUSTER", "DASHBOARD_SERVICE"] as const) {
      expect(webEnv[name]).toBeTruthy();
      expect(webEnv[name]).toEqual(workerEnv[name]);
    }
    expect(workerEnv.DBT_PROFILES_DIR).toBe(join(ROOT, "sandbox/dbt/profiles"));
  });

  it("gives the programs' credentials to the worker only", () => {
    const { web, worker } = environment();
    const { ingestionEnv, dbtEnv, mlEnv, DASHBOARD_HEADER_VALUE } = parseWorkerEnv(worker);
    expect(DASHBOARD_HEADER_VALUE).toBeTruthy();
    expect(JSON.stringify(web)).not.toContain(DASHBOARD_HEADER_VALUE);
    expect(Object.keys(web).filter((name) => name.startsWith("AWS_"))).toEqual([]);
    expect(mlEnv).toMatchObject({ RDS_USER: "pipeline", RDS_SCHEMA: "gold", RDS_DB: "warehouse" });
    expect(JSON.stringify(web)).not.toContain(mlEnv.RDS_PW ?? "no password");
    expect(ingestionEnv).toMatchObject({ RDS_USER: "pipeline", RDS_SCHEMA: "bronze" });
    expect(dbtEnv).toMatchObject({ DBT_HOST: "127.0.0.1", DBT_DBNAME: "warehouse", DBT_USER: "pipeline" });
    expect(JSON.stringify(web)).not.toContain(ingestionEnv.RDS_PW ?? "no password");
    expect(JSON.stringify(web)).not.toContain(dbtEnv.DBT_PASS ?? "no password");
  });

  it("gives dbt every variable that its profile asks for", () => {
    const profile = readFileSync(new URL("../../sandbox/dbt/profiles/profiles.yml", import.meta.url), "utf8");
    const asked = [...profile.matchAll(/env_var\('(\w+)'/g)].map(([, name]) => name);
    expect(asked).toContain("DBT_PASS");
    expect(Object.keys(parseWorkerEnv(environment().worker).dbtEnv)).toEqual(expect.arrayContaining(asked));
  });
});
