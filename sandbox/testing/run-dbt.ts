import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { requireTestService } from "../../lib/testing/throwaway-database";

const PROJECT_FOLDER = fileURLToPath(new URL("../dbt", import.meta.url));
/** What dbt writes into a project's folder. */
const WRITTEN = new Set(["target", "logs"]);

export interface DbtCheckout {
  folder: string;
  profilesFolder: string;
  remove(): void;
}

/** A copy of the sandbox's dbt project, so that what dbt writes beside it meets no other test and no demo. */
export function copyDbtProject(): DbtCheckout {
  const folder = mkdtempSync(join(tmpdir(), "backcourt-dbt-"));
  cpSync(PROJECT_FOLDER, folder, {
    recursive: true,
    filter: (source) => !WRITTEN.has(basename(source)) && !source.endsWith(".ts"),
  });
  return {
    folder,
    profilesFolder: join(folder, "profiles"),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** What the project's profile asks for, with the login of `warehouseUrl`. */
export function dbtVariables(warehouseUrl: string): Record<string, string> {
  const warehouse = new URL(warehouseUrl);
  return {
    DBT_HOST: warehouse.hostname,
    DBT_PORT: warehouse.port || "5432",
    DBT_DBNAME: warehouse.pathname.slice(1),
    DBT_SCHEMA: "silver",
    DBT_USER: warehouse.username,
    DBT_PASS: warehouse.password,
    DBT_SEND_ANONYMOUS_USAGE_STATS: "false",
  };
}

const RUN_RESULTS = z.object({
  results: z.array(
    z.object({ unique_id: z.string(), status: z.string(), message: z.string().nullable().optional() }),
  ),
});

export interface FinishedDbt {
  code: number | null;
  signal: NodeJS.Signals | null;
  output: string;
  /** By the node's short name, how it ended: `success`, `pass`, `warn`, `fail`, `error`, `skipped`, `no-op`. */
  statuses: Map<string, string>;
}

export interface RunningDbt {
  child: ChildProcess;
  finished: Promise<FinishedDbt>;
}

export interface DbtRun {
  checkout: DbtCheckout;
  warehouseUrl: string;
  /** Further variables, such as SANDBOX_DBT_SLEEP_SECONDS. */
  variables?: Record<string, string>;
}

/** Starts the real dbt, `build --select ...` for example, with nothing else of this process's environment. */
export function startDbt(args: readonly string[], { checkout, warehouseUrl, variables }: DbtRun): RunningDbt {
  const environment = {
    ...dbtVariables(warehouseUrl),
    DBT_PROFILES_DIR: checkout.profilesFolder,
    PATH: process.env.PATH ?? "",
    HOME: process.env.HOME ?? "",
    PYTHONUNBUFFERED: "1",
    ...variables,
  };
  const results = join(checkout.folder, "target/run_results.json");
  const written = statSync(results, { throwIfNoEntry: false })?.mtimeMs;
  const child = spawn(requireTestService("BACKCOURT_TEST_DBT"), [...args, "--target", "prod"], {
    cwd: checkout.folder,
    // Next's types want a NODE_ENV in every environment; a Python program has no use for it.
    env: environment as unknown as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const finished = new Promise<FinishedDbt>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) =>
      resolve({ code, signal, output, statuses: readStatuses(results, written) }),
    );
  });
  return { child, finished };
}

/** Empty where dbt ended before it wrote any: results of an earlier run, last written at `earlier`, are not its own. */
function readStatuses(file: string, earlier: number | undefined): Map<string, string> {
  const written = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  if (written === undefined || written === earlier) return new Map();
  const { results } = RUN_RESULTS.parse(JSON.parse(readFileSync(file, "utf8")));
  // `model.nba_warehouse.standings`, `test.nba_warehouse.name.hash`, `unit_test.nba_warehouse.model.name`.
  return new Map(
    results.map(({ unique_id, status }) => {
      const [type, , first = "", second = ""] = unique_id.split(".");
      return [type === "unit_test" ? second : first, status];
    }),
  );
}
