import { join } from "node:path";
import type { RingDoorbell } from "@/jobs/queue";
import type { Db } from "@/lib/db";
import { errorText } from "@/lib/errors";
import type { Announce } from "@/lib/events/channel";
import type { Supervisors } from "@/lib/executors/supervisors";
import type { GameDate } from "@/lib/game-date";
import type { Logger } from "@/lib/logger";
import { LogWriter } from "@/lib/logs/log-writer";
import type { Redact } from "@/lib/logs/redact";
import { storeLogBatch } from "@/lib/logs/store-log-batch";
import { retryWhileDatabaseIsAway } from "@/lib/retry-while-away";
import { type Claim, type Ending, finishRun, heartbeatRun } from "@/lib/runs/run-lifecycle";
import { removeRunFolder, runFolderOf } from "@/lib/runs/state-folder";
import { TUNABLES } from "@/lib/runs/tunables";

/** What a worker lends to the runs that it holds. */
export type ExecutionContext = {
  db: Db;
  announce: Announce;
  ring: RingDoorbell;
  redact: Redact;
  logger: Logger;
  now(): Date;
  sleep(ms: number): Promise<void>;
  /** This machine's name, by which other workers know whether they see the same processes. */
  host: string;
  /** Where runs keep what must outlive their worker. */
  stateFolder: string;
  supervisors: Supervisors;
};

/** How a run ends, and the dates whose coverage that may have changed. */
export type Outcome = Ending & { changedDates?: readonly GameDate[] };

/** Called on every heartbeat that found the run no longer ours, or its end asked for. */
export type HeartbeatListener = { onLost(): void; onCancelled(): void };

const MOST_UNANSWERED = 3;

/** A run that this worker holds: its lease kept, its log written, its terminal record made once. */
export class ClaimedRun {
  readonly log: LogWriter;
  readonly folder: string;

  constructor(
    readonly context: ExecutionContext,
    readonly claim: Claim,
  ) {
    const { db, announce, logger, redact, now, sleep, stateFolder } = context;
    const runId = claim.run.id;
    this.folder = runFolderOf(stateFolder, runId);
    this.log = new LogWriter({
      db,
      runId,
      token: claim.token,
      spoolFile: spoolFileIn(this.folder),
      redact,
      now,
      sleep,
      from: { lines: claim.run.logLines, bytes: Number(claim.run.logBytes) },
      onStored: () => void announce({ type: "log", runId }),
      onRetry: (error) => logger.warn({ runId, err: error }, "log lines are kept until the database is back"),
    });
  }

  /** A line of the log in the console's own name. */
  say(text: string): void {
    this.log.write("backcourt", text);
  }

  /** Tells the database regularly that the run is held; also once the lease has lapsed, while nobody has taken it. */
  keepAlive(listener: HeartbeatListener): () => void {
    const { db, logger } = this.context;
    const { run, token } = this.claim;
    let unanswered = 0;
    const beat = async () => {
      // Beats that hang on a dead connection must not take every one of the pool.
      if (unanswered >= MOST_UNANSWERED) return;
      unanswered += 1;
      try {
        const { held, cancelled } = await heartbeatRun(db, run.id, token);
        if (!held) listener.onLost();
        if (cancelled) listener.onCancelled();
      } catch (error) {
        logger.warn({ runId: run.id, reason: errorText(error) }, "heartbeat failed");
      } finally {
        unanswered -= 1;
      }
    };
    const heart = setInterval(() => void beat(), TUNABLES.heartbeatMs);
    return () => clearInterval(heart);
  }

  /** The terminal record with the last lines, as soon as the database takes it; then what was kept is forgotten. */
  async finish({ changedDates = [], ...ending }: Outcome): Promise<void> {
    const { db, announce, logger, sleep, stateFolder } = this.context;
    const { run, token } = this.claim;
    this.say(`${ending.state.replace("_", " ")}: ${ending.outcome}`);
    const rest = await this.log.takeRest();
    const finished = await retryWhileDatabaseIsAway(
      () =>
        db.$transaction(async (transaction) => {
          await storeLogBatch(transaction, { runId: run.id, token }, rest, this.log.isFull);
          return finishRun(transaction, run.id, token, ending);
        }),
      {
        sleep,
        onRetry: (error) =>
          logger.warn({ runId: run.id, reason: errorText(error) }, "the end waits for the database"),
      },
    );
    if (finished) {
      await removeRunFolder(stateFolder, run.id).catch((error: unknown) => {
        logger.warn({ runId: run.id, reason: errorText(error) }, "the run's folder could not be removed");
      });
    } else {
      // By another worker, which still needs the folder; or here, and the answer was lost.
      logger.warn({ runId: run.id }, "the run had been settled already");
    }
    await Promise.all([
      announce({ type: "log", runId: run.id }),
      announce({ type: "run", runId: run.id }),
      ...(changedDates.length > 0 ? [announce({ type: "coverage", dates: [...changedDates] })] : []),
    ]);
  }
}

/** Where a run's lines wait while the database is away. */
export function spoolFileIn(folder: string): string {
  return join(folder, "spool.jsonl");
}
