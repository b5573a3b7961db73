import type { DashboardState, DashboardView, RestartDue, RestartHistory } from "@/lib/contracts/dashboard";
import type { DashboardMode, ServedData } from "@/lib/contracts/run-kinds/dashboard-restart";

/** What the page says first of all: a headline in the colour of its state. */
export type Verdict = {
  headline: string;
  tone: "accent" | "stale" | "whole" | "missing" | "pending";
  /** Whether restarting is the thing to do. */
  urgent: boolean;
};

const ACTIVE_HEADLINE: Record<DashboardMode, string> = {
  restart: "The dashboard is being restarted",
  refresh: "The dashboard's data are being refreshed",
};

/** How the dashboard stands (`mode`: what the run under way does), from what is most pressing to what is not. */
export function verdictOf(
  view: Pick<DashboardView, "activeRunId" | "due" | "observation">,
  mode: DashboardMode = "restart",
): Verdict {
  const state = view.observation?.state ?? null;
  if (view.activeRunId !== null) return { headline: ACTIVE_HEADLINE[mode], tone: "accent", urgent: false };
  if (state && isUnserved(state))
    return { headline: "No task serves the dashboard", tone: "missing", urgent: false };
  switch (view.due.state) {
    case "due":
      return { headline: "A restart is due", tone: "stale", urgent: true };
    case "current":
      return { headline: "No restart is due", tone: "whole", urgent: false };
    case "unknown":
      return { headline: "Not known whether a restart is due", tone: "pending", urgent: false };
  }
}

/** True when no task runs; one that has read nothing yet serves all the same, and reads then. */
export function isUnserved({ served, running }: Pick<DashboardState, "served" | "running">): boolean {
  return served === null && running === 0;
}

/** Why a restart is due, in parts, so that the newest stands out and its time can be hovered over. */
export type DueReason = {
  /** `14 marts were rebuilt and predictions were made` */
  what: string;
  /** `since the data were read` */
  since: string;
  newest: { name: string; builtAt: string };
};

const PREDICTIONS = "predictions";

/** Null when nothing is newer than what is served. */
export function dueReason({ newer }: Pick<RestartDue, "newer">, served: ServedData | null): DueReason | null {
  const [newest] = newer;
  if (!newest) return null;
  const marts = newer.filter(({ name }) => name !== PREDICTIONS).length;
  const what = [
    marts > 0 ? `${marts} ${marts === 1 ? "mart was" : "marts were"} rebuilt` : "",
    marts < newer.length ? "predictions were made" : "",
  ].filter(Boolean);
  return {
    what: capital(what.join(" and ")),
    since: served?.source === "task-start" ? "since its task started" : "since its data were read",
    newest: { name: martName(newest.name), builtAt: newest.builtAt },
  };
}

/** `14 of 28 marts are newer, predictions are; 2 could not be compared`: what the verdict rests on. */
export function comparedText({ newer, compared, notCompared }: Compared): string {
  const predictions = newer.some(({ name }) => name === PREDICTIONS);
  const marts = newer.length - (predictions ? 1 : 0);
  return [
    `${marts === 0 ? "None" : marts} of ${compared} marts ${marts > 1 ? "are" : "is"} newer`,
    predictions ? ", predictions are" : "",
    notCompared.length > 0 ? `; ${notCompared.length} could not be compared` : "",
  ].join("");
}

type Compared = Pick<RestartDue, "newer" | "compared" | "notCompared">;

/** `standings`: every mart is in gold, so that its schema says nothing. */
export function martName(name: string): string {
  return name.replace(/^gold\./, "");
}

/** What a restart costs: by the last ones, where there were any. */
export function costText({ typicalSeconds, typicalOf }: Usual, tasks: number): string {
  if (tasks > 1)
    return `Its ${tasks} tasks are replaced one after the other, so that the others go on serving${usually(typicalSeconds, typicalOf)}.`;
  return `A restart leaves it without a page for 5 to 10 s${usually(typicalSeconds, typicalOf)}.`;
}

type Usual = Pick<RestartHistory, "typicalSeconds" | "typicalOf">;

function usually(seconds: number | null, of: number): string {
  if (seconds === null || of === 0) return "";
  return of === 1
    ? `; the last one took ${secondsText(seconds)}`
    : `; the middle of the last ${of} is ${secondsText(seconds)}`;
}

/** `7.1 s`, `10 min 02 s`: as exact as it was measured. */
export function secondsText(seconds: number): string {
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
