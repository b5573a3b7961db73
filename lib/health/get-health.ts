import type { Redis } from "ioredis";
import type { Health } from "@/lib/contracts/health";
import type { Db } from "@/lib/db";
import { isAppError } from "@/lib/errors";
import { TUNABLES } from "@/lib/runs/tunables";

export type HealthOptions = {
  db: Db;
  redis: Redis;
  /** When Redis went away; null while it answers. */
  redisDownSince(): Date | null;
  /** Asks the warehouse for nothing but an answer. @throws AppError with words for a person. */
  pingWarehouse(): Promise<void>;
  now(): Date;
  startedAt: Date;
  /** When each part was last seen up by this process. */
  lastSeen: Map<Part["name"], Date>;
};

type Part = Health["parts"][number];
type Check = { up: boolean; text: string; lastSeenAt?: Date | null; wire?: boolean };

const PATIENCE_MS = 3_000;

/** Asks every part at once; none can hold up the answer for longer than three seconds. */
export async function getHealth(options: HealthOptions): Promise<Health> {
  const { now, startedAt } = options;
  const parts = await Promise.all([
    probe(options, "web", async () => ({
      up: true,
      text: `up since ${startedAt.toISOString()}`,
      wire: false,
    })),
    probe(options, "worker", () => checkWorkers(options)),
    probe(options, "redis", () => checkRedis(options)),
    probe(options, "database", () => checkDatabase(options.db)),
    probe(options, "warehouse", () => checkWarehouse(options)),
  ]);
  return { ok: parts.every((part) => part.up), checkedAt: now().toISOString(), parts };
}

async function probe(options: HealthOptions, name: Part["name"], check: () => Promise<Check>): Promise<Part> {
  const began = performance.now();
  const result = await Promise.race([check().catch((error) => failed(name, error)), timedOut(name)]);
  if (result.up) options.lastSeen.set(name, options.now());
  const lastSeenAt = result.up ? null : (result.lastSeenAt ?? options.lastSeen.get(name) ?? null);
  return {
    name,
    up: result.up,
    text: result.text,
    lastSeenAt: lastSeenAt?.toISOString() ?? null,
    tookMs: result.wire === false ? null : Math.round(performance.now() - began),
  };
}

async function checkWorkers({ db }: HealthOptions): Promise<Check> {
  const rows = await db.$queryRaw<{ alive: number; seenAt: Date | null }[]>`
    select count(*) filter (
        where stopped_at is null and seen_at > now() - ${TUNABLES.workerAbsentMs} * interval '1 millisecond')::int as alive,
      max(seen_at) as "seenAt"
    from backcourt.worker`;
  const { alive = 0, seenAt = null } = rows[0] ?? {};
  if (alive > 0)
    return { up: true, text: alive === 1 ? "1 worker takes runs" : `${alive} workers take runs` };
  const text = "No worker is running: runs stay queued until one is. Start one with npm run worker.";
  return { up: false, text, lastSeenAt: seenAt };
}

async function checkRedis({ redis, redisDownSince }: HealthOptions): Promise<Check> {
  const answers = redis.status === "ready" && (await redis.ping().then(isAnswer, isNone));
  if (answers) return { up: true, text: "answers" };
  const text =
    "Redis does not answer: runs stay queued, and none is lost, until it is back. Check REDIS_URL.";
  return { up: false, text, lastSeenAt: redisDownSince() };
}

const isAnswer = () => true;
const isNone = () => false;

async function checkDatabase(db: Db): Promise<Check> {
  const [may] = await db.$queryRaw<{ changeAudit: boolean }[]>`
    select has_table_privilege('backcourt.audit_entry', 'update, delete, truncate') as "changeAudit"`;
  const text = may?.changeAudit
    ? "answers, but DATABASE_URL's role could change the audit: give web and worker a login in the group backcourt_app"
    : "answers, audit append-only";
  return { up: true, text };
}

async function checkWarehouse({ pingWarehouse }: HealthOptions): Promise<Check> {
  await pingWarehouse();
  return { up: true, text: "answers, read-only" };
}

function failed(name: Part["name"], error: unknown): Check {
  return { up: false, text: isAppError(error) ? error.message : silenceText(name, "does not answer") };
}

/** What it means that a part gives no answer, and where to look. */
function silenceText(name: Part["name"], what: string): string {
  if (name === "worker") return "Whether one is running is not known while the console database is away.";
  if (name === "database")
    return `The console database ${what}: nothing can be ordered, and runs under way are recorded when it is back. Check DATABASE_URL.`;
  if (name === "warehouse")
    return `The warehouse ${what}: pages show what was known before. Check WAREHOUSE_URL.`;
  return what;
}

async function timedOut(name: Part["name"]): Promise<Check> {
  await new Promise((resolve) => setTimeout(resolve, PATIENCE_MS).unref());
  return { up: false, text: silenceText(name, `has not answered within ${PATIENCE_MS / 1_000} s`) };
}
