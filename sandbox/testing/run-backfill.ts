import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { requireTestService } from "../../lib/testing/throwaway-database";

export const INGESTION_FOLDER = fileURLToPath(new URL("../ingestion", import.meta.url));

export interface BackfillEnvironment {
  warehouseUrl: string;
  statsSourceUrl: string;
  /** The name of its sessions, by which a test finds them. */
  sessionName?: string;
}

export interface FinishedBackfill {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface RunningBackfill {
  child: ChildProcess;
  finished: Promise<FinishedBackfill>;
}

/** The ingestion program's own variables, for a warehouse and a source. */
export function ingestionVariables({
  warehouseUrl,
  statsSourceUrl,
}: Pick<BackfillEnvironment, "warehouseUrl" | "statsSourceUrl">): Record<string, string> {
  const warehouse = new URL(warehouseUrl);
  return {
    IP: warehouse.hostname,
    RDS_PORT: warehouse.port || "5432",
    RDS_DB: warehouse.pathname.slice(1),
    RDS_SCHEMA: "bronze",
    RDS_USER: warehouse.username,
    RDS_PW: warehouse.password,
    STATS_SOURCE_URL: statsSourceUrl,
  };
}

/** Starts the real ingestion program for one date, with nothing of this process's environment. */
export function startBackfill(date: string, environment: BackfillEnvironment): RunningBackfill {
  const variables: Record<string, string> = {
    ...ingestionVariables(environment),
    PYTHONUNBUFFERED: "1",
    PYTHONDONTWRITEBYTECODE: "1",
  };
  if (environment.sessionName !== undefined) variables.PGAPPNAME = environment.sessionName;
  const child = spawn(
    requireTestService("BACKCOURT_TEST_PYTHON"),
    ["-m", "scripts.backfill", "--run_date", date],
    // Next's types want a NODE_ENV in every environment; a Python program has no use for it.
    { cwd: INGESTION_FOLDER, env: variables as NodeJS.ProcessEnv, stdio: ["ignore", "pipe", "pipe"] },
  );
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const finished = new Promise<FinishedBackfill>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  return { child, finished };
}
