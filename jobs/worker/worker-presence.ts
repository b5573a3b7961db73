import { hostname } from "node:os";
import type { Db } from "@/lib/db";

/** Tells on the database's clock that this worker lives; also the first time. */
export async function reportPresence(db: Db, workerId: string): Promise<void> {
  await db.$executeRaw`
    insert into backcourt.worker (id, host, pid, started_at, seen_at)
    values (${workerId}, ${hostname()}, ${process.pid}, now(), now())
    on conflict (id) do update set seen_at = now(), stopped_at = null, pid = excluded.pid, host = excluded.host`;
}

/** Tells that it has stopped on purpose, and forgets workers not heard of for a week. */
export async function reportDeparture(db: Db, workerId: string): Promise<void> {
  await db.$executeRaw`update backcourt.worker set stopped_at = now() where id = ${workerId}`;
  await db.$executeRaw`delete from backcourt.worker where seen_at < now() - interval '7 days'`;
}
