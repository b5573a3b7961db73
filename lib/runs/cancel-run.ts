import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/permissions";
import type { RunSummary } from "@/lib/contracts/runs";
import { AppError } from "@/lib/errors";
import type { Announce } from "@/lib/events/channel";
import { findRun } from "./get-run";
import type { SurroundingsOptions } from "./queue-surroundings";
import { requestCancel } from "./run-lifecycle";
import { runSummaryOf } from "./run-view";

/**
 * Asks for a run's end: a queued one is cancelled at once, a running one by the worker that holds it. The
 * request stands in PostgreSQL; the announcement only makes it quick.
 * @throws AppError `not-found`, or `conflict` when the run has ended already.
 */
export async function cancelRun(
  options: SurroundingsOptions & { announce: Announce },
  { id, actor }: { id: string; actor: Actor },
): Promise<RunSummary> {
  const run = await findRun(options, id);
  const answer = await options.db.$transaction(async (transaction) => {
    const state = await requestCancel(transaction, id, actor.name);
    if (state === null) return null;
    await writeAudit(transaction, {
      actor,
      action: "run.cancel",
      target: run.title,
      params: { id },
      result: "accepted",
      runId: id,
    });
    return state;
  });
  if (answer === null)
    throw new AppError("conflict", "This run has ended already; there is nothing to cancel.");
  await options.announce({ type: answer === "cancelled" ? "run" : "cancel", runId: id });
  return runSummaryOf(await findRun(options, id), null);
}
