import { z } from "zod";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/permissions";
import { BUILT_IN_PRESETS } from "@/lib/contracts/dbt";
import type { Db } from "@/lib/db";
import { AppError } from "@/lib/errors";

export type DeletePreset = { db: Db; actor: Actor; id: string };

/**
 * Removes a saved preset, with its audit entry, which keeps what it was.
 * @throws AppError `not-found` for a preset that is not there (any more), `conflict` for a built-in one
 */
export async function deletePreset({ db, actor, id }: DeletePreset): Promise<{ id: string }> {
  if (BUILT_IN_PRESETS.some((preset) => preset.id === id))
    throw new AppError("conflict", "The runbook's presets belong to Backcourt and cannot be deleted.");
  // PostgreSQL would refuse to compare anything but a UUID.
  if (!z.uuid().safeParse(id).success) throw notFound();
  return db.$transaction(async (tx) => {
    const [deleted] = await tx.$queryRaw<{ name: string; select: string[]; fullRefresh: boolean }[]>`
      delete from backcourt.dbt_preset where id = ${id}::uuid
      returning name, "select", full_refresh as "fullRefresh"`;
    if (!deleted) throw notFound();
    await writeAudit(tx, {
      actor,
      action: "dbt-preset.delete",
      target: deleted.name,
      params: { id, name: deleted.name, selectors: deleted.select, fullRefresh: deleted.fullRefresh },
      result: "accepted",
    });
    return { id };
  });
}

function notFound(): AppError {
  return new AppError("not-found", "There is no such preset; somebody may have deleted it.");
}
