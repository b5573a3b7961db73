import type { GameDate } from "@/lib/game-date";
import type { ReadRows } from "./assemble-games";
import {
  BRONZE_TEAMS,
  findInPlace,
  keysWithout,
  lookUpPlays,
  type PlacedPlays,
  type PlaysKey,
  SILVER_TEAMS,
} from "./placed-plays";
import { readBoxscores, type TeamBoxscores } from "./read-boxscores";
import { findPlays, type GamePlays } from "./read-plays";
import type { DateRange, ScheduledGame } from "./read-schedule";
import {
  readNewestSilverPlay,
  readSilverBoxscores,
  type SilverBoxscores,
  sampleSilverPlays,
} from "./read-silver";
import type { WarehousePool } from "./warehouse-pool";
import type { SourceShape, WarehouseShape } from "./warehouse-shape";

/** What a season's rows are read by, besides its schedule. */
export type SeasonScope = {
  range: DateRange;
  /** Acronyms of the teams that play in it. */
  teams: readonly string[];
  /** Where plays of its games stood when they were read last. */
  places: SeasonPlaces;
};

export type SeasonPlaces = {
  bronze: readonly PlacedPlays[];
  silver: readonly PlacedPlays[];
  /** When silver was read past last; only that finds games that bronze does not have. */
  silverSampledAt: Date | null;
};

export const NO_PLACES: SeasonPlaces = { bronze: [], silver: [], silverSampledAt: null };

/** Silver's plays of a game of which bronze has none, a rarity, are seen within so long. */
const SAMPLE_EVERY_MS = 5 * 60_000;
/** To look so many games up costs as much as to read past the season: each reads its date's plays. */
const MOST_LOOKED_UP = 20;

/** Silver's plays as far as the range alone leads to them; a sample leaves open what it does not show. */
type SilverStart = {
  plays: PlacedPlays[];
  how: "in-place" | "sample" | "all";
  sampledAt: Date | null;
};

/** The rows of a season that take no schedule to find, only its scope. */
export type RangeRows = {
  boxscores: TeamBoxscores[];
  silverBoxscores: SilverBoxscores[] | null;
  silverStart: SilverStart | null;
  newestSilverPlay: GameDate | null;
};

/** A reading under way. Each part rejects with a WarehouseError; whoever awaits it is told. */
export type RangeReading = { playsInPlace: Promise<PlacedPlays[]>; rows: Promise<RangeRows> };

/** Starts to read all that the scope leads to, side by side. `now` is when the measurement began. */
export function startRangeReading(
  pool: WarehousePool,
  shape: WarehouseShape,
  scope: SeasonScope,
  now: Date,
): RangeReading {
  const { pbp } = shape.sources;
  const rows = readRangeRows(pool, shape, scope, now);
  const playsInPlace = pbp
    ? findInPlace(pool, pbp, BRONZE_TEAMS, scope.places.bronze)
    : Promise.resolve<PlacedPlays[]>([]);
  for (const part of [rows, playsInPlace]) part.catch(() => undefined);
  return { playsInPlace, rows };
}

async function readRangeRows(
  pool: WarehousePool,
  { sources }: WarehouseShape,
  { range, teams, places }: SeasonScope,
  now: Date,
): Promise<RangeRows> {
  const [boxscores, silverBoxscores, silverStart, newestSilverPlay] = await Promise.all([
    sources.boxscores ? readBoxscores(pool, sources.boxscores, range, false) : [],
    sources.silverBoxscores ? readSilverBoxscores(pool, sources.silverBoxscores, teams, range) : null,
    sources.silverPbp ? startSilverPlays(pool, sources.silverPbp, range, places, now) : null,
    sources.silverPbp ? readNewestSilverPlay(pool, sources.silverPbp) : null,
  ]);
  return { boxscores, silverBoxscores, silverStart, newestSilverPlay };
}

async function startSilverPlays(
  pool: WarehousePool,
  silver: SourceShape,
  range: DateRange,
  { silver: placed, silverSampledAt }: SeasonPlaces,
  now: Date,
): Promise<SilverStart> {
  const isRecent = silverSampledAt && now.getTime() - silverSampledAt.getTime() < SAMPLE_EVERY_MS;
  if (!isRecent || placed.length === 0) return sample(pool, silver, range, now);
  const plays = await findInPlace(pool, silver, SILVER_TEAMS, placed);
  return { plays, how: "in-place", sampledAt: silverSampledAt };
}

async function sample(
  pool: WarehousePool,
  silver: SourceShape,
  range: DateRange,
  now: Date,
): Promise<SilverStart> {
  const { plays, isComplete } = await sampleSilverPlays(pool, silver, range);
  return { plays, how: isComplete ? "all" : "sample", sampledAt: isComplete ? null : now };
}

export type SeasonRowsToRead = {
  pool: WarehousePool;
  shape: WarehouseShape;
  now: Date;
  range: DateRange;
  scheduled: readonly ScheduledGame[];
  /** Games that the last sweep found in the plays, of any season. */
  sweptPlays: readonly PlaysKey[];
  reading: RangeReading;
};

export type SeasonRows = ReadRows & Pick<RangeRows, "newestSilverPlay"> & { places: SeasonPlaces };

/** Completes a season's rows by the plays of each game, bronze's and silver's. @throws WarehouseError */
export async function readSeasonRows(options: SeasonRowsToRead): Promise<SeasonRows> {
  const { pool, shape, range, scheduled, sweptPlays, now, reading } = options;
  const { sources } = shape;
  const keys = [...scheduled, ...unscheduledKeys(sweptPlays, scheduled, range)];
  const inPlace = await reading.playsInPlace;
  const [{ plays, placed }, rows] = await Promise.all([
    sources.pbp ? findPlays(pool, sources.pbp, { keys, range, inPlace }) : { plays: [], placed: [] },
    reading.rows,
  ]);
  const { boxscores, silverBoxscores, silverStart, newestSilverPlay } = rows;
  const silver =
    sources.silverPbp && silverStart
      ? await completeSilver(pool, sources.silverPbp, silverStart, {
          plays,
          range,
          newestSilverPlay,
          now,
        })
      : null;
  return {
    scheduled,
    boxscores,
    plays,
    silverBoxscores,
    silverPlays: silver?.plays.map((game) => ({ ...game, rows: null })) ?? null,
    newestSilverPlay,
    places: { bronze: placed, silver: silver?.plays ?? [], silverSampledAt: silver?.sampledAt ?? null },
  };
}

/** Swept games of the range that the schedule lacks: whether they still have plays is looked up with the rest. */
function unscheduledKeys(
  swept: readonly PlaysKey[],
  scheduled: readonly ScheduledGame[],
  { from, to }: DateRange,
): readonly PlaysKey[] {
  const inRange = swept.filter((key) => key.date >= from && key.date < to);
  return inRange.length === 0 ? [] : keysWithout(inRange, scheduled);
}

type SilverGaps = {
  plays: readonly GamePlays[];
  range: DateRange;
  newestSilverPlay: GameDate | null;
  now: Date;
};

/** Looks up what the start has left open. */
async function completeSilver(
  pool: WarehousePool,
  silver: SourceShape,
  start: SilverStart,
  gaps: SilverGaps,
): Promise<SilverStart> {
  if (start.how === "all") return start;
  const { plays, range, newestSilverPlay, now } = gaps;
  const open = keysWithout(plays, start.plays).filter(({ date }) => date <= (newestSilverPlay ?? ""));
  if (start.how === "in-place" && open.length > MOST_LOOKED_UP)
    return completeSilver(pool, silver, await sample(pool, silver, range, now), gaps);
  return { ...start, plays: [...start.plays, ...(await lookUpPlays(pool, silver, SILVER_TEAMS, open))] };
}
