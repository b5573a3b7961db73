import type { ForeignBuild } from "@/lib/contracts/dbt";
import type { Waiting } from "@/lib/contracts/runs";
import type { UtcWindow } from "@/lib/env";
import { type AbsentWorkers, describeAbsentWorkers } from "./absent-workers";

/** What is known about a queued run's surroundings. */
export type QueueSurroundings = {
  now: Date;
  dailyRun: UtcWindow | null;
  /** Null while a worker takes runs. */
  absentWorkers: AbsentWorkers | null;
  doorbellUp: boolean;
  /** When Redis went away, where that is known. */
  doorbellDownSince: Date | null;
  /** Somebody else's dbt build, where that holds up the run. */
  foreignBuild: ForeignBuild | null;
  /** The run that holds the lock key now. */
  holder: { id: string; title: string } | null;
  /** When the source's allowance lets the next run of the lock key start. */
  spacedUntil: Date | null;
};

/** The end of the daily run's window when `now` lies in it, else null. */
export function dailyRunEnd(now: Date, window: UtcWindow | null): Date | null {
  if (!window) return null;
  const midnight = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate());
  const minute = (now.getTime() - midnight) / 60_000;
  if (minute < window.fromMinute || minute >= window.toMinute) return null;
  return new Date(midnight + window.toMinute * 60_000);
}

/** The one thing that a queued run waits for, the longest obstacle first; null when it is about to start. */
export function describeWaiting(
  run: { overrideDailyRun: boolean },
  {
    now,
    dailyRun,
    absentWorkers,
    doorbellUp,
    doorbellDownSince,
    foreignBuild,
    holder,
    spacedUntil,
  }: QueueSurroundings,
): Waiting | null {
  if (absentWorkers) {
    return {
      for: "worker",
      text: `${describeAbsentWorkers(absentWorkers, now)} It starts as soon as one is: start one with npm run worker.`,
      until: null,
      runId: null,
    };
  }
  if (!doorbellUp) {
    const since = doorbellDownSince ? `, since ${doorbellDownSince.toISOString().slice(11, 16)} UTC` : "";
    return {
      for: "doorbell",
      text: `Queue delayed: Redis is away${since}. Nothing is lost, and it starts when Redis is back.`,
      until: null,
      runId: null,
    };
  }
  const windowEnd = run.overrideDailyRun ? null : dailyRunEnd(now, dailyRun);
  if (windowEnd) {
    const until = windowEnd.toISOString();
    return {
      for: "daily-run",
      text: `Held until the scheduled daily run is over, ${until.slice(11, 16)} UTC.`,
      until,
      runId: null,
    };
  }
  if (foreignBuild && !run.overrideDailyRun) {
    const since = foreignBuild.since ? `, at work since ${foreignBuild.since.slice(11, 16)} UTC` : "";
    return {
      for: "foreign-build",
      text: `Held until another dbt build is over${since}.`,
      until: null,
      runId: null,
    };
  }
  if (holder) return { for: "lock", text: `Behind ${holder.title}.`, until: null, runId: holder.id };
  if (spacedUntil && spacedUntil > now) {
    return {
      for: "spacing",
      text: "Spaced from the run before it, for the source's limit of requests.",
      until: spacedUntil.toISOString(),
      runId: null,
    };
  }
  return null;
}
