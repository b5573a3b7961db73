import type { Db } from "@/lib/db";
import type { Claim } from "./run-lifecycle";
import { TUNABLES } from "./tunables";

/**
 * What becomes of runs whose lease has passed, each one conditional update on the database's clock. Ask only
 * when the database has answered for a while: after it was away, a living worker must come first.
 */

/** So many workers in a row may be lost before a run's program was started. */
const MAX_ATTEMPTS = 3;

/**
 * Gives runs back to the queue whose program was never ordered to start. One that was cancelled meanwhile ends,
 * and so does one that has cost several workers.
 */
export async function requeueUnstartedRuns(db: Db): Promise<{ id: string; state: string }[]> {
  return db.$queryRaw<{ id: string; state: string }[]>`
    with lost as (
      select id, case
          when cancel_requested_at is not null then 'cancelled'
          when attempt >= ${MAX_ATTEMPTS} then 'interrupted'
          else 'queued' end as next
      from backcourt.run
      where state = 'running' and lease_until < now() and program_started_at is null and handle is null
      for update skip locked)
    update backcourt.run r
    set state = lost.next::backcourt.run_state,
        outcome = case lost.next
          when 'cancelled' then 'Cancelled before the program started; nothing ran.'
          when 'interrupted' then 'Its worker was lost before the program could be started, ' || r.attempt || ' times in a row; nothing ran.' end,
        started_at = case lost.next when 'queued' then null else r.started_at end,
        finished_at = case lost.next when 'queued' then null else now() end,
        worker = case lost.next when 'queued' then null else r.worker end,
        measured_before = null, claim_token = null, lease_until = null
    from lost where r.id = lost.id
    returning r.id::text as id, r.state::text as state`;
}

/**
 * Takes one lost run for settling: at most one caller gets it, and its lease is the settler's from then on. A
 * worker on the program's machine can see whether its processes are gone, so it comes first; after a moment
 * any other one may.
 * @returns null when there is none
 */
export async function takeLostRun(
  db: Db,
  {
    worker,
    token,
    host,
    resumableKinds,
  }: { worker: string; token: string; host: string; resumableKinds: readonly string[] },
): Promise<Claim | null> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    update backcourt.run
    set settler = ${worker}, claim_token = ${token}::uuid,
        lease_until = now() + ${TUNABLES.leaseMs} * interval '1 millisecond'
    where id = (
      select id from backcourt.run
      where state in ('running', 'verifying') and lease_until < now()
        and (program_started_at is not null or handle is not null)
        and (handle is null or not (kind = any(${[...resumableKinds]}::text[])))
        and (program_host = ${host} or program_host is null
          or lease_until < now() - ${TUNABLES.otherHostMs} * interval '1 millisecond')
      order by started_at limit 1 for update skip locked)
    returning id::text as id`;
  return claimOf(db, rows, token);
}

/**
 * Takes up one run of `kinds` whose worker was lost after it had stored a handle: at most one caller gets it.
 * @returns null when there is none.
 */
export async function reclaimLostRun(
  db: Db,
  { worker, token, kinds }: { worker: string; token: string; kinds: readonly string[] },
): Promise<Claim | null> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    update backcourt.run
    set state = 'running', attempt = attempt + 1, worker = ${worker}, claim_token = ${token}::uuid,
        lease_until = now() + ${TUNABLES.leaseMs} * interval '1 millisecond'
    where id = (
      select id from backcourt.run
      where state in ('running', 'verifying') and lease_until < now() and handle is not null
        and kind = any(${[...kinds]}::text[])
      order by started_at limit 1 for update skip locked)
    returning id::text as id`;
  return claimOf(db, rows, token);
}

/** Ends runs that nobody has started for `hours`: an order must not come true when it is long forgotten. */
export async function refuseOverdueRuns(db: Db, hours: number): Promise<{ id: string }[]> {
  return db.$queryRaw<{ id: string }[]>`
    update backcourt.run
    set state = 'refused', finished_at = now(),
        outcome = ${`Nothing was started: it waited for ${hours} hours, which is as long as a run may wait (QUEUE_TIMEOUT_HOURS). Order it again if it is still wanted.`}
    where state = 'queued' and queued_at < now() - ${hours}::float8 * interval '1 hour'
    returning id::text as id`;
}

async function claimOf(db: Db, rows: readonly { id: string }[], token: string): Promise<Claim | null> {
  const id = rows[0]?.id;
  if (id === undefined) return null;
  return { run: await db.run.findUniqueOrThrow({ where: { id } }), token };
}
