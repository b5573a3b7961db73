import type { GameDate } from "@/lib/game-date";
import type { ReadRows } from "./assemble-games";
import { readBoxscores, type TeamBoxscores } from "./read-boxscores";
import { findPlays, type GamePlays, type PlaysKey } from "./read-plays";
import type { DateRange, ScheduledGame } from "./read-schedule";
import {
  lookUpSilverPlays,
  readNewestSilverPlay,
  readSilverBoxscores,
  type SilverBoxscores,
  type SilverPlays,
  sampleSilverPlays,
} from "./read-silver";
import type { WarehousePool } from "./warehouse-pool";
import type { SourceShape, WarehouseShape } from "./warehouse-shape";

/** What a season's rows are read by, besides its schedule. */
export type SeasonScope = {
  range: DateRange;
  /** Acronyms of the teams that play in it. */
  teams: readonly string[];
};

/** The rows of a season that take no schedule to find, only its range and its teams. */
export type RangeRows = {
  boxscores: TeamBoxscores[];
  silverBoxscores: SilverBoxscores[] | null;
  silverSample: { plays: SilverPlays[]; isComplete: boolean } | null;
  newestSilverPlay: GameDate | null;
};

/** Reads all that the range and the teams lead to, side by side. @throws WarehouseError */
export async function readRangeRows(
  pool: WarehousePool,
  { sources }: WarehouseShape,
  { range, teams }: SeasonScope,
): Promise<RangeRows> {
  const [boxscores, silverBoxscores, silverSample, newestSilverPlay] = await Promise.all([
    sources.boxscores ? readBoxscores(pool, sources.boxscores, range, false) : [],
    sources.silverBoxscores ? readSilverBoxscores(pool, sources.silverBoxscores, teams, range) : null,
    sources.silverPbp ? sampleSilverPlays(pool, sources.silverPbp, range) : null,
    sources.silverPbp ? readNewestSilverPlay(pool, sources.silverPbp) : null,
  ]);
  return { boxscores, silverBoxscores, silverSample, newestSilverPlay };
}

export type SeasonRowsToRead = {
  pool: WarehousePool;
  shape: WarehouseShape;
  range: DateRange;
  scheduled: readonly ScheduledGame[];
  /** Games that the last sweep found in the plays, of any season. */
  sweptPlays: readonly PlaysKey[];
  rangeRows: Promise<RangeRows>;
};

/** Completes a season's rows by the plays of each game, bronze's and silver's. @throws WarehouseError */
export async function readSeasonRows({
  pool,
  shape: { sources },
  range,
  scheduled,
  sweptPlays,
  rangeRows,
}: SeasonRowsToRead): Promise<ReadRows & Pick<RangeRows, "newestSilverPlay">> {
  const keys = [...scheduled, ...unscheduledKeys(sweptPlays, scheduled, range)];
  const [plays, rows] = await Promise.all([
    sources.pbp ? findPlays(pool, sources.pbp, keys, range) : [],
    rangeRows,
  ]);
  const { boxscores, silverBoxscores, silverSample, newestSilverPlay } = rows;
  const silverPlays =
    sources.silverPbp && silverSample
      ? await completeSample(pool, sources.silverPbp, silverSample, plays)
      : null;
  return { scheduled, boxscores, plays, silverBoxscores, silverPlays, newestSilverPlay };
}

/** Swept games of the range that the schedule lacks: whether they still have plays is looked up with the rest. */
function unscheduledKeys(
  swept: readonly PlaysKey[],
  scheduled: readonly ScheduledGame[],
  { from, to }: DateRange,
): PlaysKey[] {
  const inRange = swept.filter((key) => key.date >= from && key.date < to);
  if (inRange.length === 0) return [];
  const known = new Set(scheduled.map(keyText));
  return inRange.filter((key) => !known.has(keyText(key)));
}

/** The sample shows nearly all games; those with plays in bronze that it does not show are looked up. */
async function completeSample(
  pool: WarehousePool,
  silver: SourceShape,
  { plays, isComplete }: { plays: SilverPlays[]; isComplete: boolean },
  bronze: readonly GamePlays[],
): Promise<SilverPlays[]> {
  if (isComplete) return plays;
  const seen = new Set(plays.map(keyText));
  const open = bronze.filter((key) => !seen.has(keyText(key)));
  return open.length > 0 ? [...plays, ...(await lookUpSilverPlays(pool, silver, open))] : plays;
}

function keyText({ date, away, home }: PlaysKey): string {
  return `${date} ${away}@${home}`;
}
