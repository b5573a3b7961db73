import type { GameStanding } from "@/lib/contracts/coverage";
import type { GameDate } from "@/lib/game-date";
import { hasAnyData, isWholeInBronze, type MeasuredGame, type WarehouseMoment } from "./measured-game";

/** One refresh writes its rows within minutes; six hours keep two batches of the same one from parting. */
const SAME_REFRESH_MS = 6 * 3_600_000;

/** When the schedule was refreshed, by day. */
export type RefreshLog = {
  /** The newest refresh on `date` (UTC) or before it; null when there was none. */
  lastBy(date: GameDate): WarehouseMoment | null;
};

/** @param moments the `modified_at` of the schedule's rows, as many as are known and in any order */
export function createRefreshLog(moments: Iterable<WarehouseMoment>): RefreshLog {
  const newestOfDay = new Map<GameDate, WarehouseMoment>();
  for (const at of new Set(moments)) {
    const day = new Date(at).toISOString().slice(0, 10);
    newestOfDay.set(day, Math.max(at, newestOfDay.get(day) ?? at));
  }
  const days = [...newestOfDay].sort(([one], [other]) => (one < other ? -1 : 1));
  return { lastBy: (date) => days.findLast(([day]) => day <= date)?.[1] ?? null };
}

/**
 * Whether a game counts as expected. Data decide before the schedule does: a play-off slot or a withdrawn game
 * that has some was played; a waived game whose data arrived in full after all is expected, and present.
 */
export function standingOf(
  game: MeasuredGame,
  { isWaived, refreshes }: { isWaived: boolean; refreshes: RefreshLog },
): GameStanding {
  if (!game.schedule) return "unscheduled";
  if (isWaived) return isWholeInBronze(game) ? "expected" : "waived";
  if (hasAnyData(game)) return "expected";
  if (game.schedule.mayNotBePlayed) return "unplayed";
  return isWithdrawn(game.date, game.schedule.refreshedAt, refreshes) ? "withdrawn" : "expected";
}

/**
 * A refresh touches every row of its own day and of all later ones. A row that a refresh on or before its date
 * passed over was no longer on the source's schedule. A schedule that nobody refreshes withdraws nothing.
 */
function isWithdrawn(date: GameDate, refreshedAt: WarehouseMoment | null, refreshes: RefreshLog): boolean {
  const last = refreshes.lastBy(date);
  return refreshedAt !== null && last !== null && last > refreshedAt + SAME_REFRESH_MS;
}
