import { dirname, join } from "node:path";
import { requireTestService } from "@/lib/testing/throwaway-database";
import { INGESTION_FOLDER, ingestionVariables } from "@/sandbox/testing/run-backfill";
import { type DbtCheckout, dbtVariables } from "@/sandbox/testing/run-dbt";
import { ML_FOLDER, mlVariables } from "@/sandbox/testing/run-ml";

/** A program of the pipeline in the console's configuration: what web and worker know of it, and what only the worker does. */
export type ProgramEnvironment = { both: Record<string, string>; worker: Record<string, string> };

const PYTHON = requireTestService("BACKCOURT_TEST_PYTHON");
// Named even where it could not be installed: the console then says that it is missing.
const DBT = join(dirname(PYTHON), "dbt");

export type IngestionProgram = { command: string[]; cwd: string };
const SANDBOX_INGESTION: IngestionProgram = {
  command: [PYTHON, "-m", "scripts.backfill"],
  cwd: INGESTION_FOLDER,
};

export function ingestionEnvironment(
  options: Parameters<typeof ingestionVariables>[0] & { program?: IngestionProgram },
): ProgramEnvironment {
  const { command, cwd } = options.program ?? SANDBOX_INGESTION;
  return {
    both: { INGESTION_COMMAND: JSON.stringify(command), INGESTION_CWD: cwd },
    worker: prefixed("INGESTION_ENV_", ingestionVariables(options)),
  };
}

export function dbtEnvironment(options: {
  checkout: DbtCheckout;
  warehouseUrl: string;
  variables: Record<string, string>;
}): ProgramEnvironment {
  const { checkout, warehouseUrl, variables } = options;
  return {
    both: { DBT_COMMAND: JSON.stringify([DBT]), DBT_CWD: checkout.folder, DBT_TARGET: "prod" },
    worker: {
      DBT_PROFILES_DIR: checkout.profilesFolder,
      ...prefixed("DBT_ENV_", { ...dbtVariables(warehouseUrl), ...variables }),
    },
  };
}

export function mlEnvironment({ warehouseUrl }: { warehouseUrl: string }): ProgramEnvironment {
  return {
    both: { ML_COMMAND: JSON.stringify([PYTHON, "-m", "src.app"]), ML_CWD: ML_FOLDER },
    worker: prefixed("ML_ENV_", mlVariables(warehouseUrl)),
  };
}

function prefixed(prefix: string, variables: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [`${prefix}${name}`, value]));
}
