import { createEcsClient } from "@/lib/aws/create-ecs-client";
import { createEcsServiceApi, type EcsServiceApi } from "@/lib/aws/ecs-service-api";
import { createDashboardProbe, type DashboardProbe } from "@/lib/dashboard/dashboard-probe";
import type { WorkerEnv } from "@/lib/env";

/** How this worker reaches the dashboard's service and the dashboard itself. */
export type DashboardAccess = { api: EcsServiceApi; probe: DashboardProbe };

/** Null where the worker is not configured for it. Nothing is asked yet. */
export function createDashboardAccess(env: WorkerEnv): DashboardAccess | null {
  const { DASHBOARD_REGION: region, DASHBOARD_CLUSTER: cluster, DASHBOARD_SERVICE: service } = env;
  if (!region || !cluster || !service) return null;
  const client = createEcsClient({ region, endpoint: env.DASHBOARD_ECS_ENDPOINT ?? null });
  return {
    api: createEcsServiceApi(client, { region, cluster, service }),
    probe: createDashboardProbe({
      pageUrl: env.DASHBOARD_PAGE_URL ?? null,
      healthUrl: env.DASHBOARD_HEALTH_URL ?? null,
      refreshUrl: env.DASHBOARD_REFRESH_URL ?? null,
      header: env.DASHBOARD_HEADER_VALUE
        ? { name: env.DASHBOARD_HEADER_NAME, value: env.DASHBOARD_HEADER_VALUE }
        : null,
    }),
  };
}
