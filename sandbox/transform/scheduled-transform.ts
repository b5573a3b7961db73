import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { transformOnce } from "./transform-once";

const ENVIRONMENT = z.object({
  SANDBOX_TRANSFORM_URL: z.string({ error: "is the pipeline role's URL of the warehouse" }).min(1),
  SANDBOX_TRANSFORM_EVERY_MS: z.coerce
    .number({ error: "is a number of milliseconds" })
    .int()
    .min(100)
    .default(3_000),
});

const settings = ENVIRONMENT.safeParse(process.env);
if (settings.success) {
  await transformUntilStopped(settings.data.SANDBOX_TRANSFORM_URL, settings.data.SANDBOX_TRANSFORM_EVERY_MS);
} else {
  console.error(settings.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`).join("\n"));
  process.exitCode = 1;
}

async function transformUntilStopped(connectionString: string, everyMs: number): Promise<void> {
  const stop = new AbortController();
  process.once("SIGTERM", () => stop.abort());
  process.once("SIGINT", () => stop.abort());
  console.log(`scheduled transform looks for new bronze rows every ${everyMs} ms`);
  while (!stop.signal.aborted) {
    try {
      const appended = await transformOnce(connectionString);
      if (appended !== null) {
        console.log(
          `${new Date().toISOString()} appended ${appended.boxScores} box scores and ${appended.plays} plays to silver`,
        );
      }
    } catch (error) {
      // The warehouse may be restarting; the next look tries again.
      console.error(
        `${new Date().toISOString()} transform failed: ${error instanceof Error ? error.message : error}`,
      );
    }
    await delay(everyMs, undefined, { signal: stop.signal }).catch(() => undefined);
  }
}
