import type { ProgramConnection } from "@/jobs/worker/program-connection";
import type { RunToStart, StartedProgram } from "@/jobs/worker/run-handler";
import { startProgram } from "@/jobs/worker/start-program";
import type { DbtParams } from "@/lib/contracts/run-kinds/dbt";
import type { ProcessEnd } from "@/lib/executors/executor-types";
import type { DbtFolder } from "./dbt-folder";
import type { DbtDetails } from "./dbt-receipt";
import { type BuildToFollow, followBuild } from "./follow-build";

export type DbtToStart = BuildToFollow & {
  run: RunToStart<DbtParams>;
  /** The program's own environment; ours comes on top of it. */
  env: Record<string, string>;
  /** Null where only dbt itself knows how it connects: its sessions cannot be ended then. */
  connection: ProgramConnection | null;
};

/**
 * Starts a build that tells of itself: dbt writes its artefacts and a structured log to the run's own folder,
 * which is followed as it grows. `stop` also ends what the build left running in the warehouse.
 */
export async function startDbt(options: DbtToStart): Promise<StartedProgram<DbtDetails>> {
  const { run, folder, env, connection, sleep } = options;
  const program = await startProgram(run, {
    env: { ...env, ...environmentFor(folder) },
    connection,
    sleep,
  });
  const build = followBuild(options);
  let end: ProcessEnd | null = null;
  return {
    ended: program.ended.then((ended) => {
      end = ended;
      return ended;
    }),
    async stop() {
      if (end === null) build.cutOff(options.now());
      await program.stop();
    },
    collect: () => build.collect(end),
  };
}

/** What our reading of it needs of dbt, whatever the project's flags and the worker's variables say. */
function environmentFor({ profilesDir, targetDir, logDir }: DbtFolder): Record<string, string> {
  return {
    // Without it the log comes in blocks, at the end.
    PYTHONUNBUFFERED: "1",
    DBT_PROFILES_DIR: profilesDir,
    DBT_TARGET_PATH: targetDir,
    DBT_LOG_PATH: logDir,
    DBT_LOG_FORMAT: "text",
    DBT_LOG_LEVEL: "info",
    DBT_LOG_FORMAT_FILE: "json",
    // The ends of nodes are told at this level; the next one writes every statement out.
    DBT_LOG_LEVEL_FILE: "info",
    // A file that is rotated could not be followed.
    DBT_LOG_FILE_MAX_BYTES: "0",
    DBT_USE_COLORS: "true",
    DBT_USE_COLORS_FILE: "false",
    DBT_QUIET: "false",
    DBT_WRITE_JSON: "true",
    // As the preview has it.
    DBT_INDIRECT_SELECTION: "eager",
    // The sessions' name is a part of the connection, by which dbt decides whether an earlier parse still holds.
    DBT_PARTIAL_PARSE: "false",
    DBT_SEND_ANONYMOUS_USAGE_STATS: "false",
    DO_NOT_TRACK: "1",
  };
}
