const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/**
 * A duration as a person says it: `0.4 s`, `29 s`, `1 min 24 s`, `2 h 05 min`.
 * A negative one (two clocks that disagree) counts as nothing.
 */
export function formatDuration(milliseconds: number): string {
  const ms = Math.max(0, milliseconds);
  if (ms < 950) return ms === 0 ? "0 s" : `${(Math.ceil(ms / 100) / 10).toFixed(1)} s`;
  const seconds = Math.round(ms / SECOND);
  if (seconds < 60) return `${seconds} s`;
  if (seconds * SECOND < HOUR) return `${Math.floor(seconds / 60)} min ${pad(seconds % 60)} s`;
  const minutes = Math.round((seconds * SECOND) / MINUTE);
  return `${Math.floor(minutes / 60)} h ${pad(minutes % 60)} min`;
}

/** Milliseconds from one ISO moment to another, or to `now` while there is no end yet. */
export function elapsed(from: string, to: string | null, now: number): number {
  return (to === null ? now : Date.parse(to)) - Date.parse(from);
}

/** What is left until a moment, rounded up so that it ends at nothing: `42 s`; null once it has passed. */
export function formatCountdown(until: string, now: number): string | null {
  const left = Math.ceil((Date.parse(until) - now) / SECOND) * SECOND;
  return left > 0 ? formatDuration(left) : null;
}

function pad(value: number): string {
  return String(value).padStart(2, "0");
}
