import { type JobsOptions, Queue } from "bullmq";
import type { Redis } from "ioredis";
import { z } from "zod";
import type { JobKind } from "@/lib/contracts/runs";

/** All that a doorbell carries; everything else is read from PostgreSQL. */
export const doorbellSchema = z.strictObject({ runId: z.uuid() });

/** BullMQ's queue for a kind. */
export function queueName(kind: JobKind): string {
  return `backcourt.${kind}`;
}

/** No retry and no keeping: the run's own row says what became of it, and a late ring finds it claimed. */
const DOORBELL_OPTIONS: JobsOptions = { attempts: 1, removeOnComplete: true, removeOnFail: true };

/** Rings the workers for a run; false when Redis did not take it (the worker's own look-out rings again). */
export type RingDoorbell = (kind: JobKind, runId: string) => Promise<boolean>;

/** The producing side of the queues on `redis`, a connection that fails fast. */
export function createDoorbell(redis: Redis): { ring: RingDoorbell; close(): Promise<void> } {
  const queues = new Map<JobKind, Queue>();
  const queueFor = (kind: JobKind): Queue => {
    const known = queues.get(kind);
    if (known) return known;
    const queue = new Queue(queueName(kind), {
      connection: redis,
      skipWaitingForReady: true,
      skipVersionCheck: true,
    });
    // The connection's own handler has logged it; without a listener Node would end the process.
    queue.on("error", () => undefined);
    queues.set(kind, queue);
    return queue;
  };
  return {
    async ring(kind, runId) {
      if (redis.status !== "ready") return false;
      try {
        await queueFor(kind).add(kind, { runId }, DOORBELL_OPTIONS);
        return true;
      } catch {
        return false;
      }
    },
    async close() {
      await Promise.all([...queues.values()].map((queue) => queue.close()));
    },
  };
}
