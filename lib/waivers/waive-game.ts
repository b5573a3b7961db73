import { v7 as uuidv7 } from "uuid";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/permissions";
import type { WaiveGameRequest } from "@/lib/contracts/coverage";
import type { Db, DbOrTransaction } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { longLabel } from "@/lib/game-date";
import type { CoverageReader } from "@/lib/warehouse/coverage-reader";

export type WaiveGame = {
  db: Db;
  /** Says which games the date has. */
  reader: Pick<CoverageReader, "date">;
  /** Who waives. */
  actor: Actor;
  request: WaiveGameRequest;
};

/**
 * Records that a game's data will not come, with its audit entry: from then on it is not expected. Of two who
 * waive the same game at once, one gets the conflict.
 * @throws AppError `invalid-request` for a game that the schedule does not have, `conflict` for one that is
 * waived already or has all its data
 */
export async function waiveGame({ db, reader, actor, request }: WaiveGame): Promise<{ id: string }> {
  const { date, game, reason } = request;
  await assertWaivable(reader, request);
  return db.$transaction(async (tx) => {
    const id = await insertWaiver(tx, actor.name, request);
    if (id === null)
      throw new AppError("conflict", `${game} on ${longLabel(date)} is waived already: somebody was faster.`);
    await writeAudit(tx, {
      actor,
      action: "waiver.create",
      target: `${date} ${game}`,
      params: { id, date, game },
      reason,
      result: "accepted",
    });
    return { id };
  });
}

async function assertWaivable(reader: WaiveGame["reader"], { date, game }: WaiveGameRequest): Promise<void> {
  const { games } = await reader.date(date);
  const found = games.find(({ key }) => key === game);
  if (!found || found.standing === "unscheduled")
    throw new AppError("invalid-request", `The schedule has no game ${game} on ${longLabel(date)}.`, {
      fields: [{ path: "game", message: "is not a game of this date" }],
    });
  if (found.waiver) throw new AppError("conflict", `${game} on ${longLabel(date)} is waived already.`);
  if (found.boxscores.present && found.pbp.present)
    throw new AppError(
      "conflict",
      `${game} on ${longLabel(date)} has all its data: there is nothing to waive.`,
    );
}

/** Inserts the waiver unless the game has one in force (a partial unique index decides); null then. */
async function insertWaiver(
  tx: DbOrTransaction,
  actor: string,
  { date, game, reason }: WaiveGameRequest,
): Promise<string | null> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    insert into backcourt.waiver (id, game_date, game, reason, waived_by)
    values (${uuidv7()}::uuid, ${date}, ${game}, ${reason}, ${actor})
    on conflict (game_date, game) where revoked_at is null do nothing
    returning id::text as id`;
  return rows[0]?.id ?? null;
}
