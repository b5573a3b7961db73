import { type EcsTarget, serviceMissingText } from "@/lib/aws/explain-aws-error";
import type { ServiceSnapshot, TaskSnapshot } from "@/lib/aws/service-snapshot";
import type { RestartRefusal } from "@/lib/contracts/run-kinds/dashboard-restart";

/** A service as one look found it: null where it is not there, with the tasks that are meant to run. */
export type ServiceLook = { service: ServiceSnapshot | null; tasks: readonly TaskSnapshot[] };

/** Whether the service can be restarted: the tasks that have to go, or what stands in the way. */
export type RestartCheck =
  | { ok: true; service: ServiceSnapshot; tasks: readonly TaskSnapshot[] }
  | { ok: false; refusal: RestartRefusal };

/**
 * Decides whether stopping the service's tasks brings up new ones that serve fresh data, and only then says
 * yes: an active service, wanted, without a deployment under way, all of whose tasks run and are its own.
 */
export function checkRestart({ service, tasks }: ServiceLook, target: EcsTarget): RestartCheck {
  const name = target.service;
  if (!service) return refuse("service-missing", serviceMissingText(target));
  if (service.status !== "ACTIVE")
    return refuse(
      "service-not-active",
      `${name} is ${service.status || "not active"}: it is being deleted, or was, and ECS would start nothing in a stopped task's place. Create the service again, or change DASHBOARD_SERVICE.`,
    );
  if (service.deployer !== "ECS")
    return refuse(
      "other-deployer",
      `${name} is deployed by ${service.deployer}, not by ECS itself: restart it there.`,
    );
  if (service.desired === 0)
    return refuse(
      "desired-zero",
      `${name} is switched off: its desired count is 0, so ECS would start nothing. Set the desired count to 1 or more in ECS; the task that it then starts reads the data afresh.`,
    );
  return checkDeployment(service, target) ?? checkTasks(service, tasks, target);
}

/** A refresh reaches whichever task answers, so that it takes exactly one. */
export function checkRefresh(look: ServiceLook, target: EcsTarget): RestartCheck {
  const check = checkRestart(look, target);
  if (!check.ok || check.tasks.length === 1) return check;
  return refuse(
    "several-tasks",
    `${target.service} has ${check.tasks.length} tasks, and a refresh reaches only one of them. Restart it instead: they are replaced one after the other.`,
  );
}

function checkDeployment(service: ServiceSnapshot, { service: name }: EcsTarget): RestartCheck | null {
  const [newest, ...others] = service.deployments;
  if (others.length > 0 || newest?.rollout === "IN_PROGRESS") {
    const counts = newest
      ? `${newest.taskDefinition} has ${newest.running} of ${newest.desired} running`
      : "";
    return refuse(
      "deployment-in-progress",
      `A deployment of ${name} is in progress (${counts}): a restart now might stop a task of either side. Its new task reads the data afresh; wait until it is completed.`,
    );
  }
  if (newest?.rollout === "FAILED")
    return refuse(
      "deployment-failed",
      `The last deployment of ${name} failed${newest.rolloutReason ? ` (${newest.rolloutReason.replace(/\.$/, "")})` : ""}: the task that replaces a stopped one would most likely not come up. Mend the deployment first.`,
    );
  return null;
}

function checkTasks(
  service: ServiceSnapshot,
  tasks: readonly TaskSnapshot[],
  { service: name }: EcsTarget,
): RestartCheck {
  const foreign = tasks.find(({ group }) => group !== `service:${name}`);
  if (foreign)
    return refuse(
      "foreign-task",
      `ECS lists task ${foreign.shortId} for ${name}, but it belongs to ${foreign.group || "no service"}. Look at it in ECS; nothing is stopped here until that is clear.`,
    );
  if (tasks.length === 0)
    return refuse(
      "no-task",
      `${name} has no running task, though ${service.desired} ${service.desired === 1 ? "is" : "are"} wanted: there is nothing to stop. ECS is trying to start one${lastEvent(service)}. See the service's events for what holds it up.`,
    );
  const starting = tasks.find(({ lastStatus }) => lastStatus !== "RUNNING");
  if (starting)
    return refuse(
      "task-starting",
      `Task ${starting.shortId} of ${name} is ${starting.lastStatus}, so the service is still starting. It reads the data afresh when it serves its first page; wait for it.`,
    );
  if (tasks.length > service.desired)
    return refuse(
      "too-many-tasks",
      `${tasks.length} tasks of ${name} run and ${service.desired} ${service.desired === 1 ? "is" : "are"} wanted: which one will stay is not clear. Wait until ECS has settled it, then try again.`,
    );
  if (tasks.length < service.desired || service.running < service.desired)
    return refuse(
      "too-few-tasks",
      `Only ${Math.min(tasks.length, service.running)} of ${service.desired} tasks of ${name} run: stopping one more would leave too few. Wait until ECS has brought the others up${lastEvent(service)}.`,
    );
  return { ok: true, service, tasks };
}

function lastEvent({ events }: ServiceSnapshot): string {
  return events[0] ? ` (its last event: ${events[0].text.replace(/\.$/, "")})` : "";
}

function refuse(code: RestartRefusal["code"], message: string): RestartCheck {
  return { ok: false, refusal: { code, message } };
}
