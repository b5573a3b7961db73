import type { UtcWindow } from "@/lib/env";

/** The scheduled daily run ends with ML at 12:30 UTC where no other window is configured. */
const ML_DONE_MINUTE = 12 * 60 + 30;

/**
 * What newly read data would lose now, or null. From 00:00 UTC on, "tonight's games" are those of the new UTC
 * date, which nothing has predicted before that day's ML run (docs/pipeline.md, the dashboard).
 */
export function tonightWarning(now: Date, dailyRun: UtcWindow | null): string | null {
  const end = dailyRun?.toMinute ?? ML_DONE_MINUTE;
  if (now.getUTCHours() * 60 + now.getUTCMinutes() >= end) return null;
  const until = `${pad(Math.floor(end / 60))}:${pad(end % 60)}`;
  return `Between 00:00 UTC and the next ML run (${until} UTC) newly read data have no games for tonight: the dashboard's "tonight's games" would go empty until it is restarted after that.`;
}

function pad(value: number): string {
  return String(value).padStart(2, "0");
}
