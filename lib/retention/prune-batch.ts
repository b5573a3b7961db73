import type { Db } from "@/lib/db";
import { Prisma } from "@/lib/generated/prisma/client";

/** What is kept of the past; null keeps all. Days count from a run's end; bytes are of the logs' text. */
export type RetentionRules = { runDays: number | null; logDays: number | null; logBytes: number | null };

export type Pruned = { runs: number; logs: number };

/** Of the transaction-scoped advisory lock: one worker prunes at a time. */
const PRUNING_LOCK = 0x6261_636b;
const BATCH_RUNS = 20;
/** A run with more goes alone: whatever the logs hold, a batch stays within the database's patience. */
const BATCH_LINES = 50_000;

const HAS_ENDED = Prisma.sql`state not in ('queued', 'running', 'verifying') and finished_at is not null`;
const ITS_TURN = Prisma.sql`turn as materialized (select pg_try_advisory_xact_lock(${PRUNING_LOCK}) as mine)`;

/**
 * Removes a small batch of what is kept no longer, oldest first: logs beyond their age or beyond the size of all
 * logs together, then whole runs. Never of a run that has not ended, and nothing of the audit. Nothing while
 * another worker is at it.
 */
export async function pruneBatch(db: Db, rules: RetentionRules): Promise<Pruned> {
  const logs =
    (rules.logDays === null ? 0 : await pruneLogs(db, endedBefore(rules.logDays))) ||
    (rules.logBytes === null
      ? 0
      : await pruneLogs(db, Prisma.sql`newer_bytes + log_bytes > ${rules.logBytes}`));
  const runs = rules.runDays === null ? 0 : await pruneRuns(db, endedBefore(rules.runDays));
  return { runs, logs };
}

function endedBefore(days: number): Prisma.Sql {
  return Prisma.sql`finished_at < now() - ${days}::float8 * interval '1 day'`;
}

/** The log's counts go with its lines: what a run says it has is what a reader gets. */
function pruneLogs(db: Db, isTooOld: Prisma.Sql): Promise<number> {
  return db.$executeRaw`
    with ${ITS_TURN},
    kept as (
      select id, state, finished_at, log_lines, log_bytes,
        sum(log_bytes) over (order by coalesce(finished_at, now()) desc, id desc) - log_bytes as newer_bytes
      from backcourt.run where log_lines > 0),
    old as (${firstFew(Prisma.sql`kept`, isTooOld)}),
    removed as (delete from backcourt.log_chunk where run_id in (select id from old))
    update backcourt.run set log_lines = 0, log_bytes = 0, log_pruned_at = now()
    where id in (select id from old)`;
}

/** With what belongs to them, by the foreign keys. */
function pruneRuns(db: Db, isTooOld: Prisma.Sql): Promise<number> {
  return db.$executeRaw`
    with ${ITS_TURN}, old as (${firstFew(Prisma.sql`backcourt.run`, isTooOld)})
    delete from backcourt.run where id in (select id from old)`;
}

function firstFew(source: Prisma.Sql, isTooOld: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    select id from (
      select id, finished_at, sum(log_lines) over (order by finished_at, id) - log_lines as lines_before
      from ${source} where ${HAS_ENDED} and ${isTooOld}) as candidate
    where lines_before < ${BATCH_LINES} and (select mine from turn)
    order by finished_at, id limit ${BATCH_RUNS}`;
}
