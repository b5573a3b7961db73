import { ACCEPTED, type AuditFilter, UNKNOWN_PERSON } from "@/lib/contracts/audit";
import { Prisma } from "@/lib/generated/prisma/client";

/** The condition on `backcourt.audit_entry` that a filter makes; each part can be answered by an index. */
export function auditConditions(filter: AuditFilter & { before?: string }): Prisma.Sql {
  const { person, action, result, from, to, run, text, before } = filter;
  const conditions: Prisma.Sql[] = [Prisma.sql`true`];
  if (before) conditions.push(Prisma.sql`id < ${BigInt(before)}`);
  if (person === UNKNOWN_PERSON) conditions.push(Prisma.sql`person_id is null`);
  else if (person) conditions.push(Prisma.sql`person_id = ${person}::uuid`);
  if (action) conditions.push(Prisma.sql`action = ${action}`);
  if (result === "refused") conditions.push(Prisma.sql`result <> ${ACCEPTED}`);
  else if (result) conditions.push(Prisma.sql`result = ${result}`);
  if (from) conditions.push(Prisma.sql`at >= ${from}::timestamp at time zone 'America/New_York'`);
  if (to)
    conditions.push(Prisma.sql`at < (${to}::timestamp + interval '1 day') at time zone 'America/New_York'`);
  if (run) conditions.push(Prisma.sql`run_id = ${run}::uuid`);
  if (text) conditions.push(containing(text));
  return Prisma.join(conditions, " and ");
}

function containing(text: string): Prisma.Sql {
  const pattern = `%${text.replace(/[\\%_]/g, "\\$&").replaceAll("\u0000", "\ufffd")}%`;
  return Prisma.sql`concat_ws(e'\n', actor, action, target, message, reason, address, user_agent,
    array_to_string(argv, ' '), params::text) ilike ${pattern}`;
}
