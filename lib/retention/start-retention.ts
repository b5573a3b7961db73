import type { Db } from "@/lib/db";
import { errorText } from "@/lib/errors";
import type { Logger } from "@/lib/logger";
import { TUNABLES } from "@/lib/runs/tunables";
import { pruneBatch, type RetentionRules } from "./prune-batch";

type RetentionOptions = {
  db: Db;
  logger: Logger;
  rules: RetentionRules;
  /** Resolves after so long, or as soon as the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
};

/** Removes what is kept no longer, at once and then every quarter of an hour, until `stop`. */
export function startRetention({ db, logger, rules, sleep }: RetentionOptions): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  if (Object.values(rules).every((rule) => rule === null)) return { stop: async () => undefined };

  const prune = async (): Promise<void> => {
    const total = { runs: 0, logs: 0 };
    while (!signal.aborted) {
      const { runs, logs } = await pruneBatch(db, rules);
      total.runs += runs;
      total.logs += logs;
      if (runs + logs === 0) break;
      await sleep(TUNABLES.pruneRestMs, signal);
    }
    if (total.runs + total.logs > 0) logger.info(total, "removed runs and logs that are kept no longer");
  };
  const pruning = (async () => {
    while (!signal.aborted) {
      await prune().catch((error: unknown) => {
        logger.warn(
          { reason: errorText(error) },
          "old runs could not be removed; the next round tries again",
        );
      });
      await sleep(TUNABLES.pruneEveryMs, signal);
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await pruning;
    },
  };
}
