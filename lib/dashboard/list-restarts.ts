import type { RestartHistory } from "@/lib/contracts/dashboard";
import {
  type DashboardRestartReceipt,
  dashboardRestartParamsSchema,
  dashboardRestartReceiptSchema,
} from "@/lib/contracts/run-kinds/dashboard-restart";
import type { Db } from "@/lib/db";
import type { Run } from "@/lib/generated/prisma/client";

const KIND = "dashboard-restart";
/** Restarts that the usual time without a task is taken from. */
const TYPICAL_OF = 10;

/** Restarts and refreshes that have ended, newest first, with how long nothing served. */
export async function listRestarts(db: Db, { limit }: { limit: number }): Promise<RestartHistory> {
  const [runs, typical] = await Promise.all([
    db.run.findMany({
      where: { kind: KIND, finishedAt: { not: null }, startedAt: { not: null } },
      orderBy: { finishedAt: "desc" },
      take: limit,
    }),
    typicalDowntime(db),
  ]);
  return { restarts: runs.map(historyOf), ...typical };
}

/** The middle of what the last restarts that recovered took, in seconds. */
export async function typicalDowntime(db: Db): Promise<Pick<RestartHistory, "typicalSeconds" | "typicalOf">> {
  const runs = await db.run.findMany({
    where: { kind: KIND, state: "succeeded", params: { path: ["mode"], equals: "restart" } },
    orderBy: { finishedAt: "desc" },
    take: TYPICAL_OF,
    select: { receipt: true },
  });
  const seconds = runs
    .flatMap(({ receipt }) => parseReceipt(receipt)?.unserved?.seconds ?? [])
    .sort((a, b) => a - b);
  return { typicalSeconds: medianOf(seconds), typicalOf: seconds.length };
}

function historyOf(run: Run): RestartHistory["restarts"][number] {
  const receipt = parseReceipt(run.receipt);
  return {
    runId: run.id,
    mode: dashboardRestartParamsSchema.safeParse(run.params).data?.mode ?? "restart",
    state: run.state,
    outcome: run.outcome,
    recovered: receipt?.recovered ?? false,
    requestedBy: run.requestedBy,
    reason: run.reason,
    startedAt: run.startedAt?.toISOString() ?? null,
    finishedAt: run.finishedAt?.toISOString() ?? null,
    unservedSeconds: receipt?.unserved?.seconds ?? null,
    servedAfter: receipt?.served.after ?? null,
  };
}

function parseReceipt(receipt: unknown): DashboardRestartReceipt | null {
  return dashboardRestartReceiptSchema.safeParse(receipt).data ?? null;
}

function medianOf(sorted: readonly number[]): number | null {
  const [below, above] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return below === undefined || above === undefined ? null : Math.round(((below + above) / 2) * 10) / 10;
}
