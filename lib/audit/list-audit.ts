import type { AuditEntry, AuditFilter, AuditPage, AuditPeople, AuditRequest } from "@/lib/contracts/audit";
import type { Db } from "@/lib/db";
import { Prisma, type RunState } from "@/lib/generated/prisma/client";
import { auditConditions } from "./audit-conditions";
import { visibleControls, visibleControlsIn } from "./visible-controls";

type Row = {
  id: bigint;
  at: Date;
  actor: string;
  personId: string | null;
  tokenId: string | null;
  address: string | null;
  userAgent: string | null;
  action: string;
  target: string | null;
  params: unknown;
  result: string;
  message: string | null;
  reason: string | null;
  argv: string[];
  runId: string | null;
  runTitle: string | null;
  runState: RunState | null;
  runOutcome: string | null;
  runGameDate: string | null;
};

/** The audit, newest first, a page of at most `limit`; what became of a run is read now. */
export async function listAudit(db: Db, request: AuditRequest): Promise<AuditPage> {
  const entries = await readEntries(db, request, request.limit + 1);
  const page = entries.slice(0, request.limit);
  return {
    entries: page,
    nextBefore: entries.length > page.length ? (page.at(-1)?.id ?? null) : null,
  };
}

/** The people there are, by name, for the filter. */
export async function listAuditPeople(db: Db): Promise<AuditPeople> {
  const people = await db.person.findMany({
    select: { id: true, name: true, email: true },
    orderBy: [{ name: "asc" }, { email: "asc" }],
  });
  return { people };
}

/** Every entry that the filter lets through, newest first, read piece by piece. */
export async function* walkAudit(
  db: Db,
  filter: AuditFilter,
  pieceSize = 1_000,
): AsyncGenerator<AuditEntry[]> {
  for (let before: string | undefined; ; ) {
    const entries = await readEntries(db, { ...filter, before }, pieceSize);
    if (entries.length > 0) yield entries;
    if (entries.length < pieceSize) return;
    before = entries.at(-1)?.id;
  }
}

async function readEntries(
  db: Db,
  filter: AuditFilter & { before?: string },
  limit: number,
): Promise<AuditEntry[]> {
  // The page is found first, so that runs are looked up for its entries alone.
  const rows = await db.$queryRaw<Row[]>(Prisma.sql`
    select a.id, a.at, a.actor, a.person_id::text as "personId", a.token_id::text as "tokenId", a.address,
      a.user_agent as "userAgent", a.action, a.target, a.params, a.result, a.message, a.reason,
      coalesce(a.argv, '{}') as argv,
      a.run_id::text as "runId", r.title as "runTitle", r.state::text as "runState", r.outcome as "runOutcome",
      r.game_date as "runGameDate"
    from (
      select * from backcourt.audit_entry where ${auditConditions(filter)} order by id desc limit ${limit}
    ) a left join backcourt.run r on r.id = a.run_id
    order by a.id desc`);
  return rows.map(entryOf);
}

function entryOf(row: Row): AuditEntry {
  return {
    id: String(row.id),
    at: row.at.toISOString(),
    actor: visibleControls(row.actor),
    personId: row.personId,
    tokenId: row.tokenId,
    address: visible(row.address),
    userAgent: visible(row.userAgent),
    action: row.action,
    target: visible(row.target),
    params: visibleControlsIn(row.params),
    result: row.result,
    message: visible(row.message),
    reason: visible(row.reason),
    argv: row.argv.map(visibleControls),
    runId: row.runId,
    run:
      row.runTitle !== null && row.runState !== null
        ? {
            title: row.runTitle,
            state: row.runState,
            outcome: visible(row.runOutcome),
            gameDate: row.runGameDate,
          }
        : null,
  };
}

function visible(text: string | null): string | null {
  return text === null ? null : visibleControls(text);
}
