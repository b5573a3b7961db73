import { storableText } from "@/lib/audit/storable-params";
import type { Db, DbOrTransaction } from "@/lib/db";
import type { UtcWindow } from "@/lib/env";
import type { Run } from "@/lib/generated/prisma/client";
import { Prisma } from "@/lib/generated/prisma/client";
import { type RunRow, runOfRow } from "./run-row";
import type { FinalState } from "./run-states";
import { TUNABLES } from "./tunables";

/**
 * Every change of a run's state, each one conditional update on the database's clock: who loses the race
 * changes nothing and is told so.
 */

export type StartRules = {
  /** Nothing starts in the daily run's window unless its operator said so. */
  dailyRun: UtcWindow | null;
  /** Runs of one lock key start at least this far apart for each request that the earlier one cost. */
  secondsPerRequest: number;
};

/**
 * SQL that holds for a queued run which may start now: not held by the daily run's window, nor by spacing. Of
 * the runs before it the latest start is enough, since that one had waited for those before; so each look costs
 * two steps in an index, however many runs are stored.
 */
export function mayStartSql(rules: StartRules): Prisma.Sql {
  const minuteOfDay = Prisma.sql`extract(hour from now() at time zone 'utc') * 60 + extract(minute from now() at time zone 'utc')`;
  const outsideWindow = rules.dailyRun
    ? Prisma.sql`(r.override_daily_run or not (${minuteOfDay} >= ${rules.dailyRun.fromMinute} and ${minuteOfDay} < ${rules.dailyRun.toMinute}))`
    : Prisma.sql`true`;
  return Prisma.sql`
    r.state = 'queued' and r.cancel_requested_at is null and ${outsideWindow}
    and not exists (
      select from backcourt.run holder
      where holder.lock_key = r.lock_key and holder.id <> r.id and holder.state in ('running', 'verifying'))
    and not exists (
      select from (
        select earlier.started_at, earlier.request_cost from backcourt.run earlier
        where earlier.lock_key = r.lock_key and earlier.id <> r.id and earlier.started_at is not null
        order by earlier.started_at desc limit 1) as latest
      where latest.started_at + latest.request_cost * ${rules.secondsPerRequest}::float8 * interval '1 second' > now())`;
}

export type Claim = { run: Run; token: string };

/**
 * Takes a queued run for `worker`, if it is of `kind`: at most one caller ever gets it, and none while its lock
 * key is held.
 * @returns null when someone else has it, it was cancelled, or it may not start yet.
 */
export async function claimRun(
  db: Db,
  {
    runId,
    kind,
    worker,
    token,
    rules,
  }: { runId: string; kind: string; worker: string; token: string; rules: StartRules },
): Promise<Claim | null> {
  try {
    const [row] = await db.$queryRaw<RunRow[]>`
      update backcourt.run r
      set state = 'running', started_at = now(), attempt = r.attempt + 1, worker = ${worker},
          claim_token = ${token}::uuid, lease_until = now() + ${TUNABLES.leaseMs} * interval '1 millisecond'
      where r.id = ${runId}::uuid and r.kind = ${kind} and ${mayStartSql(rules)}
      returning r.*`;
    return row ? { run: runOfRow(row), token } : null;
  } catch (error) {
    if (isUniqueViolation(error)) return null;
    throw error;
  }
}

/**
 * Tells that the holder of `token` is alive.
 * @returns whether it still holds the run, and whether someone asked for its end.
 */
export async function heartbeatRun(
  db: Db,
  runId: string,
  token: string,
): Promise<{ held: boolean; cancelled: boolean }> {
  const rows = await db.$queryRaw<{ cancelled: boolean }[]>`
    update backcourt.run
    set lease_until = now() + ${TUNABLES.leaseMs} * interval '1 millisecond'
    where id = ${runId}::uuid and claim_token = ${token}::uuid and state in ('running', 'verifying')
    returning cancel_requested_at is not null as cancelled`;
  return { held: rows.length === 1, cancelled: rows[0]?.cancelled ?? false };
}

/**
 * Notes that the program is about to be started on `host`, with what was measured before it, and renews the
 * lease. From then on the run is never started again by itself. False when the claim is lost: then nothing may
 * be started.
 */
export async function noteProgramStart(
  db: Db,
  {
    runId,
    token,
    host,
    measuredBefore,
  }: { runId: string; token: string; host: string; measuredBefore: Prisma.InputJsonValue | undefined },
): Promise<boolean> {
  const noted = await db.$executeRaw`
    update backcourt.run
    set program_started_at = now(), program_host = ${host},
        lease_until = now() + ${TUNABLES.leaseMs} * interval '1 millisecond',
        measured_before = coalesce(${measuredBefore === undefined ? null : JSON.stringify(measuredBefore)}::jsonb, measured_before)
    where id = ${runId}::uuid and claim_token = ${token}::uuid and state = 'running'`;
  return noted === 1;
}

/**
 * Gives a claimed run back to the queue as if it had not been claimed. False when its program was ordered to
 * start, something else must not be done twice, its end was asked for, or the claim is lost.
 */
export async function giveBackRun(db: Db, runId: string, token: string): Promise<boolean> {
  const given = await db.$executeRaw`
    update backcourt.run
    set state = 'queued', attempt = attempt - 1, started_at = null, worker = null, measured_before = null,
        claim_token = null, lease_until = null
    where id = ${runId}::uuid and claim_token = ${token}::uuid and state = 'running'
      and program_started_at is null and handle is null and cancel_requested_at is null`;
  return given === 1;
}

/** From running to verifying: the program has ended, its effect is being measured. False when the claim is lost. */
export async function startVerifying(
  db: Db,
  {
    runId,
    token,
    exitCode,
    signal,
  }: { runId: string; token: string; exitCode: number | null; signal: string | null },
): Promise<boolean> {
  const { count } = await db.run.updateMany({
    where: { id: runId, claimToken: token, state: "running" },
    data: { state: "verifying", exitCode, signal },
  });
  return count === 1;
}

export type Ending = { state: FinalState; outcome: string; receipt?: Prisma.InputJsonValue };

/**
 * The terminal record, by the holder of `token` only. Give the transaction that writes the last log lines. A
 * text that PostgreSQL refuses would keep the run, and its lock, from ever ending: it is made storable.
 */
export async function finishRun(
  db: DbOrTransaction,
  runId: string,
  token: string,
  ending: Ending,
): Promise<boolean> {
  const finished = await db.$executeRaw`
    update backcourt.run
    set state = ${ending.state}::backcourt.run_state, outcome = ${storable(ending.outcome)},
        receipt = ${ending.receipt === undefined ? null : JSON.stringify(ending.receipt, (_name, value) => storable(value))}::jsonb,
        finished_at = now(), lease_until = null, claim_token = null
    where id = ${runId}::uuid and claim_token = ${token}::uuid and state in ('running', 'verifying')`;
  return finished === 1;
}

function storable(value: unknown): unknown {
  return typeof value === "string" ? storableText(value, Number.POSITIVE_INFINITY) : value;
}

/**
 * Asks for a run's end. A queued run ends at once; a running one is flagged for the worker that holds it.
 * @returns the state it then has, or null when it had ended already (or does not exist).
 */
export async function requestCancel(
  db: DbOrTransaction,
  runId: string,
  actor: string,
): Promise<"cancelled" | "requested" | null> {
  const rows = await db.$queryRaw<{ state: string }[]>`
    update backcourt.run
    set cancel_requested_at = coalesce(cancel_requested_at, now()),
        cancel_requested_by = coalesce(cancel_requested_by, ${actor}),
        finished_at = case when state = 'queued' then now() end,
        outcome = case when state = 'queued' then 'Cancelled before it started; nothing ran.' end,
        state = case when state = 'queued' then 'cancelled'::backcourt.run_state else state end
    where id = ${runId}::uuid and state in ('queued', 'running', 'verifying')
    returning state::text as state`;
  const state = rows[0]?.state;
  if (state === undefined) return null;
  return state === "cancelled" ? "cancelled" : "requested";
}

/** Queued runs that may start now, one for each free lock key, the longest waiting first. */
export async function findStartableRuns(db: Db, rules: StartRules): Promise<{ id: string; kind: string }[]> {
  return db.$queryRaw<{ id: string; kind: string }[]>`
    select distinct on (r.lock_key) r.id::text as id, r.kind
    from backcourt.run r
    where ${mayStartSql(rules)}
    order by r.lock_key, r.queued_at, r.id`;
}

function isUniqueViolation(error: unknown): boolean {
  return (
    error instanceof Prisma.PrismaClientKnownRequestError &&
    (error.code === "P2002" || (error.code === "P2010" && JSON.stringify(error.meta ?? "").includes("23505")))
  );
}
