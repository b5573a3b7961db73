import { Abandoned } from "@/lib/abandon-when-aborted";
import type { Progress } from "@/lib/contracts/runs";
import type { Db } from "@/lib/db";
import { AppError, errorText } from "@/lib/errors";
import type { Announce } from "@/lib/events/channel";
import type { Prisma } from "@/lib/generated/prisma/client";
import type { Logger } from "@/lib/logger";
import { retryWhileDatabaseIsAway } from "@/lib/retry-while-away";
import { type Claim, noteProgramStart } from "@/lib/runs/run-lifecycle";
import { TUNABLES } from "@/lib/runs/tunables";

/** What a run's worker notes on the run while it goes on, as long as it holds the claim. */
export type RunNotes = {
  /** For a worker that takes the run up or settles it; stored with whichever of the next two comes first. */
  keepMeasuredBefore(measurement: unknown): void;
  /**
   * Notes that the program is about to be started on `host`; waits for a database that is away.
   * @throws AppError `conflict` when the claim is lost: then nothing may be started; Abandoned when `signal` aborts
   */
  storeStart(host: string, signal: AbortSignal): Promise<void>;
  /** @throws AppError `conflict` when the claim is lost: then nothing further may be done. */
  storeHandle(handle: unknown): Promise<void>;
  /** Shown soon; of several in quick succession only the last is stored. */
  reportProgress(progress: Progress): void;
  /** Resolves once the last progress is stored. */
  settle(): Promise<void>;
};

type NotesOptions = {
  db: Db;
  claim: Claim;
  announce: Announce;
  logger: Logger;
  sleep(ms: number): Promise<void>;
};

/** The notes of one claimed run. A lost claim changes nothing. */
export function createRunNotes({ db, claim, announce, logger, sleep }: NotesOptions): RunNotes {
  const { run, token } = claim;
  let before: Prisma.InputJsonValue | undefined;
  let latest: Progress | null = null;
  let storing: Promise<void> | null = null;

  const note = async (data: Prisma.RunUpdateManyMutationInput): Promise<boolean> => {
    const { count } = await db.run.updateMany({ where: { id: run.id, claimToken: token }, data });
    return count === 1;
  };
  const storeProgress = async (): Promise<void> => {
    while (latest !== null) {
      const progress = latest;
      latest = null;
      // A database that is away loses a moment's progress, nothing else.
      const stored = await note({ progress }).catch(() => false);
      if (stored) await announce({ type: "run", runId: run.id });
      await sleep(TUNABLES.progressMs);
    }
    storing = null;
  };

  const assertHeld = (held: boolean): void => {
    if (!held) throw new AppError("conflict", "This worker has lost its claim on the run.");
  };

  return {
    keepMeasuredBefore(measurement) {
      before = measurement as Prisma.InputJsonValue;
    },
    async storeStart(host, signal) {
      const noteStart = () => {
        if (signal.aborted) throw new Abandoned();
        return noteProgramStart(db, { runId: run.id, token, host, measuredBefore: before });
      };
      const held = await retryWhileDatabaseIsAway(async () => noteStart(), {
        sleep,
        onRetry: (error) =>
          logger.warn({ runId: run.id, reason: errorText(error) }, "the start waits for the database"),
      });
      assertHeld(held);
    },
    async storeHandle(handle) {
      const data = { handle: handle as Prisma.InputJsonValue };
      assertHeld(await note(before === undefined ? data : { ...data, measuredBefore: before }));
      before = undefined;
    },
    reportProgress(progress) {
      latest = progress;
      storing ??= storeProgress();
    },
    async settle() {
      while (storing) await storing;
    },
  };
}
