import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { RunToStart } from "@/jobs/worker/run-handler";
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
import type { DbtFolder } from "./dbt-folder";
import type { DbtDetails } from "./dbt-receipt";
import { followFile } from "./follow-file";
import { readLogEvent } from "./read-log-event";
import { readRunResults } from "./read-run-results";
import { reportBuild } from "./report-build";
import { type BuildPlan, BuildTracker } from "./track-build";

export type BuildToFollow = {
  run: Pick<RunToStart<DbtParams>, "runId" | "params" | "reportProgress" | "say">;
  folder: DbtFolder;
  db: Db;
  redact: Redact;
  now(): Date;
  sleep(ms: number): Promise<void>;
};

export type FollowedBuild = {
  /** dbt is being ended from `moment` on: what fails by that has not failed by itself. */
  cutOff(moment: Date): void;
  /** Asked once, after dbt's end: what it had come to. */
  collect(end: ProcessEnd | null): Promise<DbtDetails>;
};

/** A look at dbt's structured log: quick enough to be seen as it happens. */
const LOOK_MS = 200;

/** Reads along what dbt tells of its build in the run's folder, and stores and reports it node by node. */
export function followBuild(options: BuildToFollow): FollowedBuild {
  const { run, folder, sleep } = options;
  const tracker = new BuildTracker({ fullRefresh: run.params.fullRefresh, redact: options.redact });
  const reports = reportBuild(tracker, options);
  const following = followFile({
    path: dbtLogFile(folder),
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
  return {
    cutOff: (moment) => tracker.cutOff(moment),
    async collect(end) {
      await following.finish();
      const results = await readRunResults(join(folder.targetDir, "run_results.json"));
      tracker.finish(results);
      await reports.finish();
      const ranToItsEnd = end?.kind === "exited" && (end.exitCode === 0 || end.exitCode === 1);
      const hasResults = results !== null;
      return { wanted: tracker.wanted(ranToItsEnd && hasResults), hasResults };
    },
  };
}

/** dbt's structured log: a line for each event. */
export function dbtLogFile({ logDir }: DbtFolder): string {
  return join(logDir, "dbt.log");
}

/** By the manifest that dbt has written before its first node; null where that cannot be read. */
async function readPlan({ run, folder, db }: BuildToFollow): Promise<BuildPlan | null> {
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
