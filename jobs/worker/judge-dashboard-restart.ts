import { assertNever } from "@/lib/assert-never";
import type { DashboardState } from "@/lib/contracts/dashboard";
import type {
  DashboardRestartParams,
  DashboardRestartReceipt,
  ServedData,
} from "@/lib/contracts/run-kinds/dashboard-restart";
import type { RestartDetails } from "@/lib/executors/ecs-service";
import type { FinalState } from "@/lib/runs/run-states";
import type { Evidence, StopReason, Verdict } from "./run-handler";

type RestartEvidence = Evidence<DashboardRestartParams, DashboardState, RestartDetails>;

const EVENTS_NAMED = 3;

/** Judges a restart by what serves now: never by ECS's word that the service is stable. */
export function judgeDashboardRestart(evidence: RestartEvidence): Verdict<DashboardRestartReceipt> {
  const receipt = receiptOf(evidence);
  return { ...verdictOf(evidence, receipt), receipt, changedDates: [] };
}

function receiptOf({ before, after, details }: RestartEvidence): DashboardRestartReceipt {
  const { handle, end, unserved, events, page, health, resumed } = details;
  const measuredAfter = "unmeasured" in after ? null : after.served;
  return {
    kind: "dashboard-restart",
    mode: handle.mode,
    cluster: before.cluster,
    service: before.service,
    region: before.region,
    recovered: end.kind === "recovered",
    tasks: handle.tasks.map(({ old, stopRequestedAt, replacement, servingAt }) => ({
      old,
      stoppedAt: stopRequestedAt,
      replacement,
      servingAt,
    })),
    unserved,
    served: { before: handle.servedBefore, after: details.servedAfter ?? measuredAfter },
    page: page && { ok: page.ok, text: page.text },
    health: health && { ok: health.ok, text: health.text },
    events: events.map(({ at, text }) => ({ at, text })),
    resumed,
  };
}

function verdictOf(
  { details, stopped }: RestartEvidence,
  receipt: DashboardRestartReceipt,
): { state: FinalState; outcome: string } {
  const { end } = details;
  switch (end.kind) {
    case "recovered":
      return { state: "succeeded", outcome: recoveredText(receipt) };
    case "not-recovered":
      return { state: "failed", outcome: notRecoveredText(end.text, details) };
    case "unchanged":
      return { state: "no_effect", outcome: `The refresh was accepted, and the data stayed: ${end.text}.` };
    case "halted":
      return haltedVerdict(end.text, details, receipt);
    case "stopped":
      return {
        state: STOPPED_STATE[stopped ?? "cancelled"],
        outcome: stoppedText(stopped, details, receipt),
      };
    default:
      return assertNever(end);
  }
}

const STOPPED_STATE = {
  cancelled: "cancelled",
  "timed-out": "timed_out",
  "lost-claim": "interrupted",
  "worker-lost": "interrupted",
  shutdown: "interrupted",
} as const satisfies Record<StopReason, FinalState>;

function recoveredText({ mode, tasks, unserved, served }: DashboardRestartReceipt): string {
  const data = served.after ? `, ${dataText(served.after)}` : "";
  if (mode === "refresh") return `Refreshed without downtime${data}`;
  const [only] = tasks;
  const who =
    tasks.length === 1 && only?.replacement
      ? `Restarted: ${only.replacement.shortId} serves in place of ${only.old.shortId}`
      : `Restarted ${tasks.length} tasks, one after the other`;
  const gap = unserved
    ? `; ${unserved.seconds} s without a ${unserved.measuredBy === "page" ? "page" : "running task"}`
    : "";
  return `${who}${gap}${data}`;
}

function dataText({ at, source }: ServedData): string {
  return source === "health" ? `data as of ${timeOf(at)} UTC` : `task started ${timeOf(at)} UTC`;
}

function notRecoveredText(why: string, { standing, events }: RestartDetails): string {
  const last = events.slice(-EVENTS_NAMED).map(({ text }) => text.replace(/\.$/, ""));
  return [
    `Not recovered: ${why}.`,
    standing ? `Now ${standing}.` : "",
    last.length > 0
      ? `The service's last events: ${last.join("; ")}.`
      : "The service told of no event since.",
  ]
    .filter(Boolean)
    .join(" ");
}

function haltedVerdict(
  why: string,
  { standing }: RestartDetails,
  { mode, tasks }: DashboardRestartReceipt,
): { state: FinalState; outcome: string } {
  const reason = why.replace(/\.$/, "");
  const replaced = tasks.filter(({ servingAt }) => servingAt !== null).length;
  const stopped = tasks.filter(({ stoppedAt }) => stoppedAt !== null).length;
  if (mode === "refresh") return { state: "failed", outcome: `Not refreshed: ${reason}.` };
  if (replaced > 0)
    return {
      state: "partly",
      outcome: `${replaced} of ${tasks.length} tasks were replaced, the others were left alone: ${reason}.`,
    };
  if (stopped === 0) return { state: "failed", outcome: `No task was stopped: ${reason}.` };
  return { state: "failed", outcome: `Halted: ${reason}.${standing ? ` Now ${standing}.` : ""}` };
}

function stoppedText(
  reason: StopReason | null,
  { standing }: RestartDetails,
  { mode, tasks }: DashboardRestartReceipt,
): string {
  const who = reason === "cancelled" || reason === null ? "Cancelled" : "The worker ended";
  const open = tasks.find(({ stoppedAt, servingAt }) => stoppedAt !== null && servingAt === null);
  const replaced = tasks.filter(({ servingAt }) => servingAt !== null).length;
  if (mode === "refresh") return `${who} while the dashboard was reading its data; it goes on by itself.`;
  if (!open?.stoppedAt)
    return replaced > 0
      ? `${who} after ${replaced} of ${tasks.length} tasks were replaced; the others were left alone.`
      : `${who} before any task was stopped; nothing changed.`;
  return `${who} after task ${open.old.shortId} was told to stop at ${timeOf(open.stoppedAt)} UTC.${standing ? ` Now ${standing}.` : ""} ECS goes on by itself.`;
}

function timeOf(moment: string): string {
  return moment.slice(11, 19);
}
