/** Somebody asked for the end of what was waited for. */
export class Abandoned extends Error {}

/**
 * Waits for `work`, but no longer than until `signal` aborts: the work goes on, its result goes nowhere.
 * @throws Abandoned then
 */
export async function abandonWhenAborted<Result>(
  work: Promise<Result>,
  signal: AbortSignal,
): Promise<Result> {
  let onAbort: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(new Abandoned());
  });
  // Whichever of the two loses must not be an unhandled rejection.
  work.catch(() => undefined);
  aborted.catch(() => undefined);
  signal.addEventListener("abort", onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}
