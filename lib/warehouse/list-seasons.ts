import type { Season } from "@/lib/contracts/coverage";
import { addDays, daysBetween, type GameDate } from "@/lib/game-date";

/** No break within a season is nearly as long, and no summer is shorter (2020's was 71 days). */
const SUMMER_DAYS = 60;
const FIRST_AUTUMN_MONTH = 9;

/** A season and the range of dates whose data belong to it, `[dataFrom, dataTo)`. */
export type SeasonSpan = Season & { dataFrom: GameDate; dataTo: GameDate };

/**
 * The seasons that a schedule's dates make up, oldest first: runs of dates with a summer between them. Data in
 * a summer belong to the season before; a schedule trimmed at its start leaves earlier data of the same season
 * in sight.
 * @param dates the schedule's dates in any order
 * @param today keeps data after a schedule trimmed at its end in sight
 */
export function listSeasons(dates: readonly GameDate[], today: GameDate): SeasonSpan[] {
  const seasons: Season[] = [];
  for (const date of [...dates].sort()) {
    const season = seasons.at(-1);
    if (season && (!isSummerBetween(season.lastDate, date) || season.id === seasonId(date)))
      season.lastDate = date;
    else seasons.push(newSeason(date));
  }
  return seasons.map((season, index) => {
    const next = seasons[index + 1];
    const autumn = `${season.id}-${String(FIRST_AUTUMN_MONTH).padStart(2, "0")}-01`;
    return {
      ...season,
      dataFrom: index === 0 && autumn < season.firstDate ? autumn : season.firstDate,
      dataTo: next?.firstDate ?? addDays(today > season.lastDate ? today : season.lastDate, 1),
    };
  });
}

/** The season to show when none is asked for: the newest that has begun, else the first to come. */
export function currentSeason<Span extends Season>(seasons: readonly Span[], today: GameDate): Span | null {
  return seasons.findLast((season) => season.firstDate <= today) ?? seasons[0] ?? null;
}

/** Within a month no gap is long enough: of thousands of dates, few need the sum. */
function isSummerBetween(last: GameDate, next: GameDate): boolean {
  return last.slice(0, 7) !== next.slice(0, 7) && daysBetween(last, next) >= SUMMER_DAYS;
}

function newSeason(firstDate: GameDate): Season {
  const id = seasonId(firstDate);
  return { id, label: seasonLabel(id), firstDate, lastDate: firstDate };
}

function seasonId(firstDate: GameDate): string {
  const year = Number(firstDate.slice(0, 4));
  const month = Number(firstDate.slice(5, 7));
  return String(month >= FIRST_AUTUMN_MONTH ? year : year - 1);
}

function seasonLabel(id: string): string {
  return `${id}–${String((Number(id) + 1) % 100).padStart(2, "0")}`;
}
