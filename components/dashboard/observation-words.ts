import type { DashboardView } from "@/lib/contracts/dashboard";

/** Idle workers look every 30 s, and every 3 s while this page is open. */
const OLD_AFTER_MS = 45_000;

/** What somebody should know about what is on screen, before reading it. */
export type ObservationNotice = {
  tone: "missing" | "partial" | "pending";
  text: string;
  /** Since when, where it is about what is old. */
  since: { words: string; at: string } | null;
  /** Whether the workers are to be looked at. */
  asksForWorker: boolean;
};

/** Why what the page shows may be old or lacking, in the order in which it matters. */
export function observationNotices({
  observation,
  activeRunId,
  now,
}: Pick<DashboardView, "observation" | "activeRunId" | "now">): ObservationNotice[] {
  if (!observation)
    return [
      {
        tone: "pending",
        text: "No worker has looked at the service yet. One that runs with the dashboard's variables looks within seconds.",
        since: null,
        asksForWorker: true,
      },
    ];
  const { observedAt, problem, state, stateAt } = observation;
  const notices: ObservationNotice[] = [];
  if (Date.parse(now) - Date.parse(observedAt) > OLD_AFTER_MS)
    notices.push({
      tone: "partial",
      text: "No worker has looked since then: what you see may be old.",
      since: { words: "Last seen", at: observedAt },
      asksForWorker: true,
    });
  if (problem !== null)
    notices.push({
      tone: "missing",
      text: problem,
      since: stateAt === null ? null : { words: "What you see is from", at: stateAt },
      asksForWorker: false,
    });
  // Without a task, and in the middle of a restart, there is nothing that could tell.
  if (state?.health && !state.health.ok && state.running > 0 && activeRunId === null)
    notices.push({
      tone: "partial",
      text: `The health page does not tell how old the data are: ${sentence(state.health.text)} Until it does, the task's start stands for it.`,
      since: null,
      asksForWorker: false,
    });
  return notices;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
