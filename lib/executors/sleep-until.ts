/** Sleeps `ms`, or less when `signal` aborts; leaves nothing listening behind. */
export async function sleepUntil(
  signal: AbortSignal,
  sleep: (ms: number) => Promise<void>,
  ms: number,
): Promise<void> {
  if (signal.aborted) return;
  let wake: () => void = () => undefined;
  const aborted = new Promise<void>((resolve) => {
    wake = resolve;
  });
  signal.addEventListener("abort", wake, { once: true });
  await Promise.race([sleep(ms), aborted]).finally(() => signal.removeEventListener("abort", wake));
}
