import type { RestartDue } from "@/lib/contracts/dashboard";
import type { ServedData } from "@/lib/contracts/run-kinds/dashboard-restart";

/** What a restart would bring in, and what the dashboard serves. Pure input of `judgeRestartDue`. */
export type DueFacts = {
  /** When the data that are served were read; null when that is not known, or nothing is served. */
  served: ServedData | null;
  /** Why `served` is null; also when it is that the data will be read at the next page request. */
  notServed: { text: string; readsAtNextRequest: boolean } | null;
  /** Base tables with the time of their last build. */
  marts: readonly { name: string; builtAt: string }[];
  notCompared: RestartDue["notCompared"];
  /** When our own ML runs last changed a prediction. */
  predictionsAt: string | null;
  /** Why the marts could not be read; null when they were. */
  martsProblem: string | null;
};

export const PREDICTIONS = "predictions";

/**
 * Whether the dashboard shows old data: a base-table mart, or a prediction of ours, is newer than what it
 * serves. Views never count, for they tell the time of the question.
 */
export function judgeRestartDue(facts: DueFacts): RestartDue {
  const { served, notServed, marts, notCompared, predictionsAt, martsProblem } = facts;
  const judged = (state: RestartDue["state"], text: string, newer: RestartDue["newer"] = []): RestartDue => ({
    state,
    text,
    newer,
    compared: marts.length,
    notCompared: [...notCompared],
  });
  if (served === null)
    return judged(
      notServed?.readsAtNextRequest ? "current" : "unknown",
      notServed?.text ?? "No worker has seen yet what the dashboard serves.",
    );
  const candidates = [
    ...marts,
    ...(predictionsAt === null ? [] : [{ name: PREDICTIONS, builtAt: predictionsAt }]),
  ];
  const newer = candidates
    .filter(({ builtAt }) => builtAt > served.at)
    .sort((a, b) => b.builtAt.localeCompare(a.builtAt) || a.name.localeCompare(b.name));
  const [newest] = newer;
  if (newest) return judged("due", dueText(newer, newest, served), newer);
  if (martsProblem !== null)
    return judged("unknown", `Whether a restart is due cannot be told: ${martsProblem}`);
  if (marts.length === 0)
    return judged("unknown", "Whether a restart is due cannot be told: no mart tells when it was built.");
  return judged(
    "current",
    `The data are current: ${marts.length === 1 ? "the one mart was" : `all ${marts.length} marts were`} built before they were read.`,
  );
}

function dueText(
  newer: RestartDue["newer"],
  newest: RestartDue["newer"][number],
  served: ServedData,
): string {
  const since = served.source === "health" ? "since the data were read" : "since its task started";
  const marts = newer.filter(({ name }) => name !== PREDICTIONS).length;
  const what = [
    marts > 0 ? `${marts} ${marts === 1 ? "mart was" : "marts were"} rebuilt` : null,
    marts < newer.length ? "predictions were made" : null,
  ];
  return `${capital(what.filter(Boolean).join(" and "))} ${since}; newest: ${newest.name}, ${newest.builtAt.slice(11, 16)} UTC.`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
