import type { ForeignBuild } from "@/lib/contracts/dbt";
import type { Waiting } from "@/lib/contracts/runs";
import type { Db } from "@/lib/db";
import type { Run } from "@/lib/generated/prisma/client";
import { type AbsentWorkers, findAbsentWorkers } from "./absent-workers";
import { describeWaiting, type QueueSurroundings } from "./describe-waiting";
import type { StartRules } from "./run-lifecycle";

export type SurroundingsOptions = {
  db: Db;
  rules: StartRules;
  doorbellUp(): boolean;
  /** When Redis went away; left out where nobody is told. */
  doorbellDownSince?(): Date | null;
  now(): Date;
  /** Whether somebody else's dbt build is on, as far as is known. */
  findForeignBuild(): Promise<ForeignBuild | null>;
};

type LockRow = {
  lockKey: string;
  holderId: string | null;
  holderTitle: string | null;
  spacedUntil: Date | null;
};

/** Tells for each queued run among `runs` what it waits for; asks the database only when there is one. */
export async function waitingOf(
  options: SurroundingsOptions,
  runs: readonly Run[],
): Promise<Map<string, Waiting>> {
  const queued = runs.filter((run) => run.state === "queued");
  const found = new Map<string, Waiting>();
  if (queued.length === 0) return found;
  const [absentWorkers, locks, foreignBuild] = await Promise.all([
    findAbsentWorkers(options.db),
    readLocks(
      options,
      queued.map((run) => run.lockKey),
    ),
    queued.some(isHeldByBuilds) ? options.findForeignBuild() : null,
  ]);
  for (const run of queued) {
    const lock = locks.get(run.lockKey);
    const waiting = describeWaiting(run, {
      ...surroundings(options, absentWorkers, lock),
      foreignBuild: isHeldByBuilds(run) ? foreignBuild : null,
    });
    if (waiting) found.set(run.id, waiting);
  }
  return found;
}

/** Two builds at once clobber each other's tables. */
function isHeldByBuilds({ kind }: Run): boolean {
  return kind === "dbt";
}

/** When the source's allowance lets a run of `lockKey` start, or null when it may now. */
export async function spacedUntil(options: SurroundingsOptions, lockKey: string): Promise<Date | null> {
  return (await readLocks(options, [lockKey])).get(lockKey)?.spacedUntil ?? null;
}

function surroundings(
  options: SurroundingsOptions,
  absentWorkers: AbsentWorkers | null,
  lock: LockRow | undefined,
): Omit<QueueSurroundings, "foreignBuild"> {
  return {
    now: options.now(),
    dailyRun: options.rules.dailyRun,
    absentWorkers,
    doorbellUp: options.doorbellUp(),
    doorbellDownSince: options.doorbellDownSince?.() ?? null,
    holder: lock?.holderId && lock.holderTitle ? { id: lock.holderId, title: lock.holderTitle } : null,
    spacedUntil: lock?.spacedUntil ?? null,
  };
}

/** Who holds each lock, and until when the latest start spaces the next one: the rule of `mayStartSql`. */
async function readLocks(
  { db, rules }: SurroundingsOptions,
  lockKeys: readonly string[],
): Promise<Map<string, LockRow>> {
  const rows = await db.$queryRaw<LockRow[]>`
    select asked.lock_key as "lockKey", holder.id::text as "holderId", holder.title as "holderTitle",
      latest.started_at + latest.request_cost * ${rules.secondsPerRequest}::float8 * interval '1 second' as "spacedUntil"
    from unnest(${[...new Set(lockKeys)]}::text[]) as asked (lock_key)
    left join lateral (
      select id, title from backcourt.run
      where lock_key = asked.lock_key and state in ('running', 'verifying') limit 1) as holder on true
    left join lateral (
      select started_at, request_cost from backcourt.run
      where lock_key = asked.lock_key and started_at is not null
      order by started_at desc limit 1) as latest on true`;
  return new Map(rows.map((row) => [row.lockKey, row]));
}
