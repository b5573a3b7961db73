import type { RunToStart } from "@/jobs/worker/run-handler";
import type { DbtParams } from "@/lib/contracts/run-kinds/dbt";
import type { Db } from "@/lib/db";
import { storeNodeResults } from "@/lib/dbt-results/store-node-results";
import type { BuildTracker } from "./track-build";

export type BuildReports = {
  /** Stores what has changed and tells of it; while the database is away it is kept for the next time. */
  flush(): Promise<void>;
  /** The last one: tried again for some seconds. */
  finish(): Promise<void>;
};

type ReportOptions = {
  run: Pick<RunToStart<DbtParams>, "runId" | "params" | "reportProgress" | "say">;
  db: Db;
  now(): Date;
  sleep(ms: number): Promise<void>;
};

const LAST_TRIES = 5;
const TRY_AGAIN_MS = 1_000;

/** Reports a build's nodes and its progress, in this order: who is told of progress finds its nodes stored. */
export function reportBuild(tracker: BuildTracker, { run, db, now, sleep }: ReportOptions): BuildReports {
  const { runId, params, reportProgress, say } = run;

  async function store(): Promise<boolean> {
    const changed = tracker.takeChanged();
    try {
      await storeNodeResults(db, { runId, fullRefresh: params.fullRefresh }, changed);
      return true;
    } catch {
      tracker.giveBack(changed);
      return false;
    }
  }

  return {
    async flush() {
      await store();
      reportProgress(tracker.progress(now()));
    },
    async finish() {
      let isStored = await store();
      for (let tries = 1; !isStored && tries < LAST_TRIES; tries += 1) {
        await sleep(TRY_AGAIN_MS);
        isStored = await store();
      }
      if (!isStored) say("the results of models and tests could not be stored: the database did not answer");
      reportProgress(tracker.progress(now()));
    },
  };
}
