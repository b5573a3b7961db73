import type { Redis } from "ioredis";
import { z } from "zod";

/** Redis only wakes: every payload names what to read again, never the content itself. */
export const EVENT_CHANNEL = "backcourt:events";

export const wakeEventSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("log"), runId: z.string() }),
  z.object({ type: z.literal("run"), runId: z.string() }),
  z.object({ type: z.literal("cancel"), runId: z.string() }),
  z.object({ type: z.literal("coverage"), dates: z.array(z.string()) }),
  /** An order of this kind was looked at: it may come soon. */
  z.object({ type: z.literal("previewed"), kind: z.string() }),
  /** Someone is looking: workers that can see this should look now. */
  z.object({ type: z.literal("observe"), key: z.string() }),
  /** A worker has seen this anew. */
  z.object({ type: z.literal("observation"), key: z.string() }),
  /** What a person may do has changed, or sessions of theirs have ended. */
  z.object({ type: z.literal("person"), personId: z.string() }),
]);
export type WakeEvent = z.infer<typeof wakeEventSchema>;

/** Gives an event to every process; resolves to whether Redis took it. Nothing depends on its arrival. */
export type Announce = (event: WakeEvent) => Promise<boolean>;

/** Announces through `redis`; a Redis that is away is reported as false, never thrown. */
export function createAnnounce(redis: Redis): Announce {
  return async (event) => {
    if (redis.status !== "ready") return false;
    try {
      await redis.publish(EVENT_CHANNEL, JSON.stringify(event));
      return true;
    } catch {
      // The reader's own polling finds the change; the connection's error handler has logged the cause.
      return false;
    }
  };
}
