import type { Progress } from "@/lib/contracts/runs";
import type { Db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { Announce } from "@/lib/events/channel";
import type { Prisma } from "@/lib/generated/prisma/client";
import type { Claim } from "@/lib/runs/run-lifecycle";
import { TUNABLES } from "@/lib/runs/tunables";

/** What a run's worker notes on the run while it goes on, as long as it holds the claim. */
export type RunNotes = {
  /** Kept for a worker that takes the run up again. */
  storeMeasuredBefore(measurement: unknown): Promise<void>;
  /** @throws AppError `conflict` when the claim is lost: then nothing further may be done. */
  storeHandle(handle: unknown): Promise<void>;
  /** Shown soon; of several in quick succession only the last is stored. */
  reportProgress(progress: Progress): void;
  /** Resolves once the last progress is stored. */
  settle(): Promise<void>;
};

type NotesOptions = { db: Db; claim: Claim; announce: Announce; sleep(ms: number): Promise<void> };

/** The notes of one claimed run. A lost claim changes nothing. */
export function createRunNotes({ db, claim, announce, sleep }: NotesOptions): RunNotes {
  const { run, token } = claim;
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

  return {
    async storeMeasuredBefore(measurement) {
      await note({ measuredBefore: measurement as Prisma.InputJsonValue });
    },
    async storeHandle(handle) {
      if (await note({ handle: handle as Prisma.InputJsonValue })) return;
      throw new AppError("conflict", "This worker has lost its claim on the run.");
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
