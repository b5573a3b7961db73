import type { EcsServiceApi } from "@/lib/aws/ecs-service-api";
import { AwsError, serviceMissingText } from "@/lib/aws/explain-aws-error";
import type { DashboardState } from "@/lib/contracts/dashboard";
import { checkRestart } from "@/lib/executors/ecs-service-precheck";
import type { DashboardProbe } from "./dashboard-probe";
import { servedData } from "./served-data";

const EVENTS = 10;

/**
 * One look at the service and at its health page; the page itself is not asked, for that would make a new
 * task read its data.
 * @throws AwsError when AWS gives no answer, or there is no such service
 */
export async function lookAtDashboard(
  { api, probe }: { api: EcsServiceApi; probe: DashboardProbe },
  signal?: AbortSignal,
): Promise<DashboardState> {
  const [service, health] = await Promise.all([api.describeService(signal), probe.health(signal)]);
  if (!service) throw new AwsError("wrong-target", serviceMissingText(api.target));
  const tasks = await api.describeTasks(await api.listTasks(signal), signal);
  const check = checkRestart({ service, tasks }, api.target);
  const { pageUrl, healthUrl, refreshUrl } = probe.addresses;
  return {
    ...api.target,
    pageUrl,
    status: service.status,
    desired: service.desired,
    running: service.running,
    pending: service.pending,
    deployments: service.deployments,
    tasks: tasks.map(
      ({
        arn,
        shortId,
        lastStatus,
        desiredStatus,
        health: checked,
        createdAt,
        startedAt,
        taskDefinition,
      }) => ({
        arn,
        shortId,
        lastStatus,
        desiredStatus,
        health: checked,
        createdAt,
        startedAt,
        taskDefinition,
      }),
    ),
    events: service.events.slice(0, EVENTS),
    health,
    served: servedData(health, tasks),
    refreshAvailable: refreshUrl !== null && healthUrl !== null,
    refusal: check.ok ? null : check.refusal,
  };
}
