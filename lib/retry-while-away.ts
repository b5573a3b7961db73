import { isDatabaseAway } from "@/lib/database-away";

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;

/**
 * Does `work` again for as long as the console database is away. What is done again must change nothing the
 * second time: an answer may have been lost after the commit.
 * @throws whatever says something of the work itself
 */
export async function retryWhileDatabaseIsAway<Result>(
  work: () => Promise<Result>,
  { sleep, onRetry }: { sleep(ms: number): Promise<void>; onRetry(error: unknown): void },
): Promise<Result> {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      return await work();
    } catch (error) {
      if (!isDatabaseAway(error)) throw error;
      onRetry(error);
      await sleep(pause);
    }
  }
}
