import type { z } from "zod";
import type { ListRunsResponse, listRunsRequestSchema } from "@/lib/contracts/runs";
import type { Prisma, RunState } from "@/lib/generated/prisma/client";
import { type SurroundingsOptions, waitingOf } from "./queue-surroundings";
import { ATTENTION_STATES, OPEN_STATES } from "./run-states";
import { runSummaryOf } from "./run-view";

type ListRunsRequest = z.infer<typeof listRunsRequestSchema>;

/** Runs, newest first, a page of at most `limit`. */
export async function listRuns(
  options: SurroundingsOptions,
  request: ListRunsRequest,
): Promise<ListRunsResponse> {
  const where: Prisma.RunWhereInput = {
    gameDate: request.date,
    kind: request.kind,
    state: stateFilter(request.state),
    id: request.before ? { lt: request.before } : undefined,
  };
  const runs = await options.db.run.findMany({
    where,
    // Ids are UUIDv7: they sort by time, and two runs never share one.
    orderBy: { id: "desc" },
    take: request.limit + 1,
  });
  const page = runs.slice(0, request.limit);
  const waiting = await waitingOf(options, page);
  return {
    runs: page.map((run) => runSummaryOf(run, waiting.get(run.id) ?? null)),
    nextBefore: runs.length > page.length ? (page.at(-1)?.id ?? null) : null,
  };
}

function stateFilter(state: ListRunsRequest["state"]): Prisma.EnumRunStateFilter | undefined {
  if (state === undefined) return undefined;
  if (state === "active") return { in: [...OPEN_STATES] as RunState[] };
  if (state === "attention") return { in: [...ATTENTION_STATES] };
  return { equals: state };
}
