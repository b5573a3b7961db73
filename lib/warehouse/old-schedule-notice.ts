import type { WarehouseNotice } from "@/lib/contracts/coverage";
import { addDays, easternDate, type GameDate } from "@/lib/game-date";
import type { WarehouseMoment } from "./measured-game";

/** One missed daily refresh and half a day. */
const OLD_AFTER_HOURS = 36;
/** Games this near, before or after, mean that the season is on. */
const IN_SEASON_DAYS = 7;

/** Warns of a schedule that was not refreshed lately although the season is on: it gives false all-clears. */
export function oldScheduleNotice(
  scheduledDates: readonly GameDate[],
  refreshedAt: WarehouseMoment | null,
  now: Date,
): WarehouseNotice | null {
  if (refreshedAt === null) return null;
  const hours = Math.floor((now.getTime() - refreshedAt) / 3_600_000);
  if (hours < OLD_AFTER_HOURS) return null;
  const today = easternDate(now);
  const from = addDays(today, -IN_SEASON_DAYS);
  const to = addDays(today, IN_SEASON_DAYS);
  if (!scheduledDates.some((date) => date >= from && date <= to)) return null;
  const age = hours < 72 ? `${hours} hours` : `${Math.floor(hours / 24)} days`;
  const at = `${new Date(refreshedAt).toISOString().slice(0, 16).replace("T", " ")} UTC`;
  return {
    code: "old-schedule",
    message: `The schedule was last refreshed ${age} ago (${at}): games that were added or moved since are not known, and a day may look quiet that is not. Check the flags season and schedule.`,
  };
}
