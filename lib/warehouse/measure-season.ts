import type { WarehouseNotice } from "@/lib/contracts/coverage";
import { AppError } from "@/lib/errors";
import { easternDate } from "@/lib/game-date";
import { assembleGames } from "./assemble-games";
import { createRefreshLog } from "./game-standing";
import { currentSeason, listSeasons, type SeasonSpan } from "./list-seasons";
import type { SeasonMeasurement } from "./measurement";
import type { PlaysKey } from "./placed-plays";
import { type DateRange, readScheduledGames, readScheduleOutline } from "./read-schedule";
import { NO_PLACES, readSeasonRows, type SeasonScope, startRangeReading } from "./read-season-rows";
import type { WarehouseView } from "./shape-cache";
import type { TeamDirectory } from "./team-directory";
import type { WarehousePool } from "./warehouse-pool";
import type { SourceShape, WarehouseShape } from "./warehouse-shape";

export type SeasonToMeasure = {
  pool: WarehousePool;
  view: WarehouseView;
  now: Date;
  /** The year in which it begins, or null for the current one. */
  id: string | null;
  /** Games that the last sweep found in the plays, of any season. */
  sweptPlays: readonly PlaysKey[];
  /** The scope that this season had when it was measured last; null at first. */
  lastScope: SeasonScope | null;
};

export type MeasuredSeason = {
  measurement: SeasonMeasurement;
  /** Null without a schedule. */
  scope: SeasonScope | null;
};

/**
 * Reads what the warehouse holds of a season's games. The schedule says which range of dates that is; meanwhile
 * the range of last time is read, and read again in the rare case that the schedule has come to say otherwise.
 * @throws WarehouseError, or AppError `not-found` for a season that the schedule does not have
 */
export async function measureSeason(options: SeasonToMeasure): Promise<MeasuredSeason> {
  const { pool, view, now, id, sweptPlays, lastScope } = options;
  const { shape, teams } = view;
  const { schedule } = shape.sources;
  if (!schedule) return { measurement: emptyMeasurement(view, now), scope: null };
  const readRange = (range: DateRange, likely: SeasonScope | null) =>
    readSeason({ pool, shape, schedule, teams, range, likely, sweptPlays, now });
  const early = lastScope && told(readRange(lastScope.range, lastScope));
  const today = easternDate(now);
  const outline = await readScheduleOutline(pool, schedule);
  const seasons = listSeasons(outline.dates, today);
  const known: SeasonMeasurement = {
    ...emptyMeasurement(view, now),
    notices: [...shape.notices, ...unreadableNotices(schedule.table, outline.unreadable)],
    scheduledDates: outline.dates,
    scheduleRefreshedAt: outline.refreshedAt,
  };
  const span = chooseSeason(seasons, id, today);
  if (!span) return { measurement: known, scope: null };
  const range = { from: span.dataFrom, to: span.dataTo };
  const isAsLast = lastScope?.range.from === range.from && lastScope.range.to === range.to;
  const { rows, unknownTeams, scope } = await (early && isAsLast ? early : readRange(range, null));
  const measurement: SeasonMeasurement = {
    ...known,
    season: bare(span),
    seasons: seasons.map(bare).reverse(),
    unknownTeams,
    // A refresh of the season touched rows of the season: its own rows tell of every one that matters.
    refreshes: createRefreshLog(rows.scheduled.flatMap(({ refreshedAt }) => refreshedAt ?? [])),
    newestSilverPlay: rows.newestSilverPlay,
    games: assembleGames(rows),
  };
  return { measurement, scope };
}

type SeasonToRead = {
  pool: WarehousePool;
  shape: WarehouseShape;
  schedule: SourceShape;
  teams: TeamDirectory;
  range: DateRange;
  /** Its scope of last time: what that leads to need not wait for the schedule. */
  likely: SeasonScope | null;
  sweptPlays: readonly PlaysKey[];
  now: Date;
};

async function readSeason({ pool, shape, schedule, teams, range, likely, sweptPlays, now }: SeasonToRead) {
  const reading = readScheduledGames(pool, schedule, teams, range);
  const early = likely && startRangeReading(pool, shape, likely, now);
  const { games: scheduled, unknownTeams } = await reading;
  const playing = [...new Set(scheduled.flatMap(({ away, home }) => [away, home]))];
  const areCovered = playing.every((team) => likely?.teams.includes(team));
  const places = likely?.places ?? NO_PLACES;
  const rangeReading =
    early && areCovered ? early : startRangeReading(pool, shape, { range, teams: playing, places }, now);
  const rows = await readSeasonRows({
    pool,
    shape,
    range,
    scheduled,
    sweptPlays,
    reading: rangeReading,
    now,
  });
  return { rows, unknownTeams, scope: { range, teams: playing, places: rows.places } };
}

/** Whoever awaits it is told of its failure; that may be nobody. */
function told<Value>(early: Promise<Value>): Promise<Value> {
  early.catch(() => undefined);
  return early;
}

function emptyMeasurement({ shape, teams }: WarehouseView, now: Date): SeasonMeasurement {
  return {
    measuredAt: now,
    notices: [...shape.notices],
    teams,
    unknownTeams: [],
    refreshes: createRefreshLog([]),
    silver: { boxscores: shape.sources.silverBoxscores !== null, pbp: shape.sources.silverPbp !== null },
    newestSilverPlay: null,
    season: null,
    seasons: [],
    scheduledDates: [],
    scheduleRefreshedAt: null,
    games: new Map(),
  };
}

function chooseSeason(seasons: SeasonSpan[], id: string | null, today: string): SeasonSpan | null {
  if (id === null) return currentSeason(seasons, today);
  const season = seasons.find((candidate) => candidate.id === id);
  if (season) return season;
  const known = seasons.map((candidate) => candidate.id).join(", ") || "none";
  throw new AppError("not-found", `The schedule has no season that begins in ${id}. It has: ${known}.`);
}

function bare({ id, label, firstDate, lastDate }: SeasonSpan) {
  return { id, label, firstDate, lastDate };
}

function unreadableNotices(table: string, rows: number): WarehouseNotice[] {
  if (rows === 0) return [];
  const message = `${table} holds ${rows} ${rows === 1 ? "row" : "rows"} whose date cannot be read (expected YYYY-MM-DD).`;
  return [{ code: "unreadable-dates", message }];
}
