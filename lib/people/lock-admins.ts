import type { Actor } from "@/lib/auth/permissions";
import type { DbOrTransaction } from "@/lib/db";
import { AppError } from "@/lib/errors";

/**
 * Holds every admin who may sign in until the transaction ends, and gives their ids. Whoever would take one
 * away, or lets somebody in, comes here first, so that two who do it at once are asked one after the other; ordered by id, so that
 * neither waits for the other. PostgreSQL looks at each row again once it is free.
 * @throws AppError `forbidden` when the actor has ceased to be one of them meanwhile
 */
export async function lockAdmins(tx: DbOrTransaction, actor: Actor): Promise<ReadonlySet<string>> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select id::text as id from backcourt.person
    where role = 'admin' and disabled_at is null
    order by id
    for no key update`;
  const admins = new Set(rows.map(({ id }) => id));
  if (actor.personId !== null && !admins.has(actor.personId))
    throw new AppError("forbidden", "You are no longer an admin: somebody was faster.");
  return admins;
}

/** @throws AppError `conflict` when nobody would be left to look after people without `id` */
export function assertAdminStays(admins: ReadonlySet<string>, id: string, what: string): void {
  const isLast = admins.has(id) && admins.size === 1;
  if (!isLast) return;
  throw new AppError("conflict", `${what} Make somebody else an admin first.`);
}
