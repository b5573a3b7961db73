import type { Db } from "@/lib/db";
import { TUNABLES } from "./tunables";

/** No worker takes runs at the moment. */
export type AbsentWorkers = {
  /** When one was last heard of; null when none ever was, as far as is remembered. */
  since: Date | null;
  /** It went on purpose, as for a new version; else it died or hangs. */
  stopped: boolean;
};

/** Null while some worker was heard of lately, by the database's clock; else since when none was. */
export async function findAbsentWorkers(db: Db): Promise<AbsentWorkers | null> {
  const rows = await db.$queryRaw<{ alive: boolean; seenAt: Date; stopped: boolean }[]>`
    select seen_at as "seenAt", stopped_at is not null as stopped,
      stopped_at is null and seen_at > now() - ${TUNABLES.workerAbsentMs} * interval '1 millisecond' as alive
    from backcourt.worker
    order by alive desc, seen_at desc limit 1`;
  const [last] = rows;
  if (!last) return { since: null, stopped: false };
  return last.alive ? null : { since: last.seenAt, stopped: last.stopped };
}

/** `No worker is running: the last was heard of at 03:42 UTC.` */
export function describeAbsentWorkers({ since, stopped }: AbsentWorkers, now: Date): string {
  if (since === null) return "No worker is running, and none was heard of in the last days.";
  return `No worker is running: the last ${stopped ? "was stopped" : "was heard of"} ${momentText(since, now)}.`;
}

/** `at 03:42 UTC`, with the date where that is not today's. */
function momentText(at: Date, now: Date): string {
  const [date = "", time = ""] = at.toISOString().split("T");
  const clock = `at ${time.slice(0, 5)} UTC`;
  return now.toISOString().startsWith(date) ? clock : `on ${date} ${clock}`;
}
