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

/** The producing side of the queues. */
export type Doorbell = {
  ring: RingDoorbell;
  /** False while Redis is away, or did not take the last ring; it is then asked again in the background. */
  up(): boolean;
  /** When it went away; null while it is up. */
  downSince(): Date | null;
  close(): Promise<void>;
};

/** How often a Redis that did not answer is asked whether it does now, while somebody wants to know. */
const ASK_AGAIN_MS = 1_000;

/** The producing side of the queues on `redis`, a connection that fails fast. */
export function createDoorbell(redis: Redis): Doorbell {
  const queues = new Map<JobKind, Queue>();
  let failedAt: number | null = null;
  let downSince: Date | null = null;
  redis.on("close", () => {
    downSince ??= new Date();
  });
  redis.on("ready", () => {
    downSince = null;
  });
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
  const attempt = async (work: () => Promise<unknown>): Promise<boolean> => {
    try {
      await work();
      failedAt = null;
      downSince = null;
      return true;
    } catch {
      failedAt = performance.now();
      downSince ??= new Date();
      return false;
    }
  };
  return {
    async ring(kind, runId) {
      if (redis.status !== "ready") return false;
      return attempt(() => queueFor(kind).add(kind, { runId }, DOORBELL_OPTIONS));
    },
    up() {
      if (redis.status !== "ready") return false;
      if (failedAt === null) return true;
      if (performance.now() - failedAt > ASK_AGAIN_MS) {
        failedAt = performance.now();
        void attempt(() => redis.ping());
      }
      return false;
    },
    downSince: () => downSince,
    async close() {
      await Promise.all([...queues.values()].map((queue) => queue.close()));
    },
  };
}
