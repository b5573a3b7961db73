/** How often coverage on screen is measured again, in milliseconds. */
const CALM_MS = 30_000;
/** After a run has ended the next stage may follow at any moment: dbt, or another hand. */
const LIVELY_MS = 3_000;
const LIVELY_FOR_MS = 60_000;

// Whoever has just opened a page may have come because of a change: the first while is lively too.
let changedAt = Date.now();

/** Notes that rows have just changed somewhere: coverage is looked at more often for a while. */
export function noteCoverageChange(now = Date.now()): void {
  changedAt = now;
}

/** Milliseconds until coverage on screen should be measured again. */
export function coverageRefreshMs(now = Date.now()): number {
  return now - changedAt < LIVELY_FOR_MS ? LIVELY_MS : CALM_MS;
}
