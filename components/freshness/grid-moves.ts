import { addDays, type GameDate, weekdayOf } from "@/lib/game-date";

/** `weeks`: weeks are columns, so a day lies below the day before; `months`: weeks are rows. */
export type Arrangement = "weeks" | "months";

type Press = { key: string; ctrlKey: boolean; metaKey: boolean };
type Season = { first: GameDate; last: GameDate; today: GameDate; attention: GameDate[] };

/**
 * Where a key leads from `from`, kept within the season; null for a key that is no move.
 * `attention` in the order of the calendar.
 */
export function gridMove(
  press: Press,
  from: GameDate,
  season: Season,
  arrangement: Arrangement,
): GameDate | null {
  const target = targetOf(press, from, season, arrangement);
  if (target === null) return null;
  if (target < season.first) return season.first;
  if (target > season.last) return season.last;
  return target;
}

function targetOf(press: Press, from: GameDate, season: Season, arrangement: Arrangement): GameDate | null {
  const [across, down] = arrangement === "weeks" ? [7, 1] : [1, 7];
  const far = press.ctrlKey || press.metaKey;
  if (far && press.key !== "Home" && press.key !== "End") return null;
  switch (press.key) {
    case "ArrowLeft":
      return addDays(from, -across);
    case "ArrowRight":
      return addDays(from, across);
    case "ArrowUp":
      return addDays(from, -down);
    case "ArrowDown":
      return addDays(from, down);
    case "PageUp":
      return addMonths(from, -1);
    case "PageDown":
      return addMonths(from, 1);
    case "Home":
      return far ? season.first : addDays(from, -weekdayOf(from));
    case "End":
      return far ? season.last : addDays(from, 6 - weekdayOf(from));
    case "t":
    case "T":
      return season.today;
    case "n":
    case "N":
      return season.attention.find((date) => date > from) ?? season.attention[0] ?? null;
    case "p":
    case "P":
      return season.attention.findLast((date) => date < from) ?? season.attention.at(-1) ?? null;
    default:
      return null;
  }
}

/** The same day `months` on, or that month's last day where it has none: Jan 31 to Feb 28. */
export function addMonths(date: GameDate, months: number): GameDate {
  const index = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months;
  const first = `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, "0")}-01`;
  const last = addDays(addDays(first, 31).slice(0, 8).concat("01"), -1);
  const same = first.slice(0, 8) + date.slice(8);
  if (same > last) return last;
  return same;
}
