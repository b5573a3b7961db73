import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { requireTestService } from "../../lib/testing/throwaway-database";

export const ML_FOLDER = fileURLToPath(new URL("../ml", import.meta.url));

export interface FinishedMl {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** The ML program's own variables for a warehouse. */
export function mlVariables(warehouseUrl: string): Record<string, string> {
  const warehouse = new URL(warehouseUrl);
  return {
    IP: warehouse.hostname,
    RDS_PORT: warehouse.port || "5432",
    RDS_DB: warehouse.pathname.slice(1),
    RDS_SCHEMA: "gold",
    RDS_USER: warehouse.username,
    RDS_PW: warehouse.password,
  };
}

/** Runs the real ML program once, with nothing of this process's environment. */
export function runMl(warehouseUrl: string): Promise<FinishedMl> {
  const variables = {
    ...mlVariables(warehouseUrl),
    PYTHONUNBUFFERED: "1",
    PYTHONDONTWRITEBYTECODE: "1",
  };
  const child = spawn(
    requireTestService("BACKCOURT_TEST_PYTHON"),
    ["-m", "src.app"],
    // Next's types want a NODE_ENV in every environment; a Python program has no use for it.
    { cwd: ML_FOLDER, env: variables as unknown as NodeJS.ProcessEnv, stdio: ["ignore", "pipe", "pipe"] },
  );
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, stdout, stderr }));
  });
}
