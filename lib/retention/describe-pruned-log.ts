const DAY_MS = 24 * 3_600_000;
const DATE = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "America/New_York",
});

/** That and when a run's log was removed, in Eastern time, for its page and its download; null while it is kept. */
export function describePrunedLog({
  finishedAt,
  logPrunedAt,
}: {
  finishedAt: Date | null;
  logPrunedAt: Date | null;
}): string | null {
  if (logPrunedAt === null) return null;
  const removed = `Its log was removed on ${DATE.format(logPrunedAt)}`;
  if (finishedAt === null) return `${removed}.`;
  const days = Math.floor((logPrunedAt.getTime() - finishedAt.getTime()) / DAY_MS);
  if (days < 1) return `${removed}, less than a day after the run.`;
  return `${removed}, after ${days === 1 ? "1 day" : `${days} days`}.`;
}
