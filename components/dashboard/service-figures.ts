import { formatDuration } from "@/components/runs/format-duration";
import { amountText } from "@/components/shell/format-time";
import type { DashboardState } from "@/lib/contracts/dashboard";
import { easternDayTime } from "./eastern-day-time";

/** One number of the service: what is read at arm's length, and what stands small beside it. */
export type ServiceFigure = {
  label: "Service" | "Task" | "Tasks" | "Deployment" | "Data as of";
  value: string;
  note: string;
  tone: "plain" | "none" | "whole" | "partial" | "missing";
  /** The moment that `value` stands for, to be hovered over. */
  at: string | null;
};

type Task = DashboardState["tasks"][number];
type Deployment = DashboardState["deployments"][number];

/** The service in four numbers; `null` stands for one that no worker has seen. */
export function serviceFigures(state: DashboardState | null, now: Date): ServiceFigure[] {
  if (!state)
    return (["Service", "Task", "Deployment", "Data as of"] as const).map((label) => ({
      label,
      value: "—",
      note: "not seen yet",
      tone: "none",
      at: null,
    }));
  return [
    serviceFigure(state),
    tasksFigure(state.tasks, now),
    deploymentFigure(state, now),
    dataFigure(state, now),
  ];
}

function serviceFigure({ status, desired, running, pending }: DashboardState): ServiceFigure {
  const active = status === "ACTIVE";
  return {
    label: "Service",
    value: status.toLowerCase() || "unknown",
    note: `desired ${desired}, running ${running}, pending ${pending}`,
    tone: !active || running === 0 ? "missing" : running < desired ? "partial" : "whole",
    at: null,
  };
}

function tasksFigure(tasks: readonly Task[], now: Date): ServiceFigure {
  const [only] = tasks;
  if (!only) return { label: "Task", value: "none", note: "nothing serves", tone: "missing", at: null };
  if (tasks.length > 1) return severalTasks(tasks, now);
  return {
    label: "Task",
    value: only.startedAt ? ageText(only.startedAt, now) : statusText(only),
    note: [only.shortId, only.startedAt ? taskStanding(only) : ""].filter(Boolean).join(", "),
    tone: toneOf(only),
    at: only.startedAt,
  };
}

function severalTasks(tasks: readonly Task[], now: Date): ServiceFigure {
  const oldest = tasks.flatMap(({ startedAt }) => startedAt ?? []).sort()[0] ?? null;
  const amiss = tasks.filter((task) => toneOf(task) !== "plain").length;
  const standing = amiss === 0 ? "all running" : `${amiss} not as wanted`;
  return {
    label: "Tasks",
    value: `${tasks.length} tasks`,
    note: oldest ? `oldest ${ageText(oldest, now)}, ${standing}` : standing,
    tone: amiss === 0 ? "plain" : "partial",
    at: oldest,
  };
}

const ROLLOUT = {
  COMPLETED: { value: "completed", tone: "plain" },
  IN_PROGRESS: { value: "in progress", tone: "partial" },
  FAILED: { value: "failed", tone: "missing" },
} as const satisfies Record<string, Pick<ServiceFigure, "value" | "tone">>;

function deploymentFigure({ deployments }: DashboardState, now: Date): ServiceFigure {
  const [newest, ...older] = deployments;
  if (!newest) return { label: "Deployment", value: "none", note: "", tone: "none", at: null };
  const since = newest.updatedAt ?? newest.createdAt;
  const beside =
    older.length > 0 ? `beside ${older.length === 1 ? "an older one" : `${older.length} older ones`}` : "";
  return {
    label: "Deployment",
    ...rolloutLook(newest, older.length > 0),
    note: [newest.taskDefinition, since && easternDayTime(new Date(since), now), beside]
      .filter(Boolean)
      .join(", "),
    at: null,
  };
}

/** ECS tells of a rollout only where it watches over it; two at once are one under way. */
export function rolloutLook(
  { rollout }: Deployment,
  besideOthers: boolean,
): Pick<ServiceFigure, "value" | "tone"> {
  const known = Object.entries(ROLLOUT).find(([name]) => name === rollout)?.[1];
  if (known) return known;
  return besideOthers ? ROLLOUT.IN_PROGRESS : { value: rollout?.toLowerCase() || "steady", tone: "plain" };
}

function dataFigure({ served, health, running }: DashboardState, now: Date): ServiceFigure {
  if (served)
    return {
      label: "Data as of",
      value: easternDayTime(new Date(served.at), now),
      note:
        served.source === "health"
          ? `by its health page${health ? `, ${health.status}, ${health.tookMs} ms` : ""}`
          : "by its task's start",
      tone: "plain",
      at: served.at,
    };
  return running > 0
    ? {
        label: "Data as of",
        value: "not read yet",
        note: "read at the next page request",
        tone: "plain",
        at: null,
      }
    : { label: "Data as of", value: "—", note: "nothing serves", tone: "none", at: null };
}

/** `healthy`, `unhealthy`, or what ECS says of a task that does not just run: `provisioning`. */
export function taskStanding(task: Pick<Task, "lastStatus" | "desiredStatus" | "health">): string {
  const status = statusText(task);
  if (task.lastStatus !== "RUNNING") return status;
  return task.health === null ? status : `${status}, ${task.health.toLowerCase()}`;
}

/** `3 h 10 min`; days from the third on. */
export function ageText(since: string, now: Date): string {
  const ms = Math.max(0, now.getTime() - Date.parse(since));
  const hours = ms / 3_600_000;
  return hours < 48 ? formatDuration(ms) : amountText(ms / 1_000);
}

function statusText({ lastStatus, desiredStatus }: Pick<Task, "lastStatus" | "desiredStatus">): string {
  return lastStatus === "RUNNING" && desiredStatus === "STOPPED" ? "stopping" : lastStatus.toLowerCase();
}

/** How a task's standing is coloured. */
export function toneOf({
  lastStatus,
  desiredStatus,
  health,
}: Pick<Task, "lastStatus" | "desiredStatus" | "health">) {
  if (health === "UNHEALTHY") return "missing";
  return lastStatus === "RUNNING" && desiredStatus === "RUNNING" ? "plain" : "partial";
}
