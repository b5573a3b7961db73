import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { RunToStart, StartedProgram } from "@/jobs/worker/run-handler";
import { sessionName, startProgram } from "@/jobs/worker/start-program";
import type { DbtParams } from "@/lib/contracts/run-kinds/dbt";
import type { Db } from "@/lib/db";
import { createDbtGraph } from "@/lib/dbt/dbt-graph";
import { orderNodes } from "@/lib/dbt/order-nodes";
import { readManifest } from "@/lib/dbt/read-manifest";
import { readUsualTimes } from "@/lib/dbt/read-usual-times";
import { selectNodes } from "@/lib/dbt/select-nodes";
import { errorText } from "@/lib/errors";
import type { ProcessEnd } from "@/lib/executors/executor-types";
import type { Redact } from "@/lib/logs/redact";
import type { DbtConnection } from "./dbt-connection";
import type { DbtDetails } from "./dbt-receipt";
import { endSessions } from "./end-sessions";
import { followFile } from "./follow-file";
import { readLogEvent } from "./read-log-event";
import { readRunResults } from "./read-run-results";
import { reportBuild } from "./report-build";
import type { RunFolder } from "./run-folder";
import { type BuildPlan, BuildTracker } from "./track-build";

export type DbtToStart = {
  run: RunToStart<DbtParams>;
  folder: RunFolder;
  /** The program's own environment; ours comes on top of it. */
  env: Record<string, string>;
  /** Null where only dbt itself knows how it connects: its sessions cannot be ended then. */
  connection: DbtConnection | null;
  db: Db;
  redact: Redact;
  now(): Date;
  sleep(ms: number): Promise<void>;
};

/** A look at dbt's structured log: quick enough to be seen as it happens. */
const LOOK_MS = 200;

/**
 * Starts a build that tells of itself: dbt writes its artefacts and a structured log to the run's own folder,
 * which is followed as it grows. `stop` also ends what the build left running in the warehouse.
 */
export function startDbt(options: DbtToStart): StartedProgram<DbtDetails> {
  const { run, folder, env, sleep } = options;
  const program = startProgram(run, { env: { ...env, ...environmentFor(folder) }, sleep });
  const tracker = new BuildTracker({ fullRefresh: run.params.fullRefresh, redact: options.redact });
  const reports = reportBuild(tracker, options);
  const following = followFile({
    path: join(folder.logDir, "dbt.log"),
    sleep,
    everyMs: LOOK_MS,
    onLines: async (lines) => {
      for (const line of lines) {
        const event = readLogEvent(line);
        if (event?.kind === "begun") tracker.begin(event.threads, await readPlan(options));
        if (event?.kind === "node") tracker.apply(event);
      }
      await reports.flush();
    },
  });
  let end: ProcessEnd | null = null;
  return {
    ended: program.ended.then((ended) => {
      end = ended;
      return ended;
    }),
    async stop() {
      if (end === null) tracker.cutOff(options.now());
      await program.stop();
      await endWarehouseSessions(options);
    },
    async collect() {
      await following.finish();
      const results = await readRunResults(join(folder.targetDir, "run_results.json"));
      tracker.finish(results);
      await reports.finish();
      await folder.remove();
      const ranToItsEnd = end?.kind === "exited" && (end.exitCode === 0 || end.exitCode === 1);
      const hasResults = results !== null;
      return { wanted: tracker.wanted(ranToItsEnd && hasResults), hasResults };
    },
  };
}

/** What our reading of it needs of dbt, whatever the project's flags and the worker's variables say. */
function environmentFor({ profilesDir, targetDir, logDir }: RunFolder): Record<string, string> {
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

/** By the manifest that dbt has written before its first node; null where that cannot be read. */
async function readPlan({ run, folder, db }: DbtToStart): Promise<BuildPlan | null> {
  try {
    const project = readManifest(await readFile(join(folder.targetDir, "manifest.json"), "utf8"));
    const graph = createDbtGraph(project);
    const nodes = orderNodes(graph, selectNodes(graph, run.params.select));
    return { graph, nodes, usualTimes: await readUsualTimes(db) };
  } catch (error) {
    run.say(`the number of models and tests is not known: ${errorText(error)}`);
    return null;
  }
}

async function endWarehouseSessions({ run, connection, sleep }: DbtToStart): Promise<void> {
  if (connection === null) return;
  try {
    const ended = await endSessions({ connection, name: sessionName(run.runId), sleep });
    if (ended > 0) run.say(`ended ${ended} of its sessions in the warehouse`);
  } catch (error) {
    run.say(`it could not be seen whether its sessions in the warehouse have ended: ${errorText(error)}`);
  }
}
