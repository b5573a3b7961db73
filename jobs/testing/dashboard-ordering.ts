import type { Redis } from "ioredis";
import type { EnqueueOptions } from "@/jobs/enqueue";
import { jobSettingsOf } from "@/jobs/job-settings";
import { prepareDashboardRestartOrder } from "@/jobs/orders/dashboard-restart-order";
import { gatherDashboardRestartFacts } from "@/jobs/orders/gather-dashboard-restart-facts";
import type { OrderPreparations } from "@/jobs/orders/prepared-order";
import { createDoorbell } from "@/jobs/queue";
import type { DashboardMode } from "@/lib/contracts/run-kinds/dashboard-restart";
import { type CreateRunsRequest, createRunsRequestSchema } from "@/lib/contracts/runs";
import type { Db } from "@/lib/db";
import type { WorkerEnv } from "@/lib/env";
import { createAnnounce } from "@/lib/events/channel";

/** What the web process orders restarts with, for tests. */
export function dashboardOrdering(db: Db, producer: Redis, env: WorkerEnv): EnqueueOptions {
  const now = () => new Date();
  const prepare: OrderPreparations["dashboard-restart"] = async (order) =>
    prepareDashboardRestartOrder(
      order,
      jobSettingsOf(env),
      await gatherDashboardRestartFacts(db, { now: now(), dailyRun: null }),
    );
  return {
    db,
    now,
    doorbellUp: () => true,
    findForeignBuild: async () => null,
    rules: { dailyRun: null, secondsPerRequest: 0 },
    ring: createDoorbell(producer).ring,
    announce: createAnnounce(producer),
    // Only restarts are ordered with it.
    preparations: { "dashboard-restart": prepare } as OrderPreparations,
  };
}

/** An order as the API takes it. */
export function orderOf(mode: DashboardMode, confirm?: string): CreateRunsRequest {
  return createRunsRequestSchema.parse({
    kind: "dashboard-restart",
    params: [{ mode }],
    reason: "the marts are new",
    ...(confirm === undefined ? {} : { confirm }),
  });
}
