import type { WarehouseNotice } from "@/lib/contracts/coverage";
import { AppError } from "@/lib/errors";
import { easternDate } from "@/lib/game-date";
import { assembleGames } from "./assemble-games";
import { createRefreshLog } from "./game-standing";
import { currentSeason, listSeasons, type SeasonSpan } from "./list-seasons";
import type { SeasonMeasurement } from "./measurement";
import { readBoxscores } from "./read-boxscores";
import { findPlays, type GamePlays, type PlaysKey } from "./read-plays";
import {
  type DateRange,
  NO_SCHEDULED_GAMES,
  readScheduledGames,
  readScheduleOutline,
  type ScheduledGame,
} from "./read-schedule";
import {
  lookUpSilverPlays,
  readNewestSilverPlay,
  readSilverBoxscores,
  type SilverPlays,
  sampleSilverPlays,
} from "./read-silver";
import type { WarehouseView } from "./shape-cache";
import type { WarehousePool } from "./warehouse-pool";
import type { SourceShape } from "./warehouse-shape";

export type SeasonToMeasure = {
  pool: WarehousePool;
  view: WarehouseView;
  now: Date;
  /** The year in which it begins, or null for the current one. */
  id: string | null;
  /** Games that the last sweep found in the plays, of any season. */
  sweptPlays: readonly PlaysKey[];
};

/**
 * Reads what the warehouse holds of a season's games: the schedule first, which drives the rest side by side.
 * @throws WarehouseError, or AppError `not-found` for a season that the schedule does not have
 */
export async function measureSeason({
  pool,
  view,
  now,
  id,
  sweptPlays,
}: SeasonToMeasure): Promise<SeasonMeasurement> {
  const { sources, notices } = view.shape;
  const empty: SeasonMeasurement = {
    measuredAt: now,
    notices: [...notices],
    teams: view.teams,
    unknownTeams: [],
    refreshes: createRefreshLog([]),
    silver: { boxscores: sources.silverBoxscores !== null, pbp: sources.silverPbp !== null },
    newestSilverPlay: null,
    season: null,
    seasons: [],
    scheduledDates: [],
    scheduleRefreshedAt: null,
    games: new Map(),
  };
  if (!sources.schedule) return empty;
  const outline = await readScheduleOutline(pool, sources.schedule);
  const today = easternDate(now);
  const seasons = listSeasons(outline.dates, today);
  const span = chooseSeason(seasons, id, today);
  const unreadable = unreadableNotices(sources.schedule.table, outline.unreadable);
  const { dates: scheduledDates, refreshedAt: scheduleRefreshedAt } = outline;
  const known = { ...empty, scheduledDates, scheduleRefreshedAt };
  if (!span) return { ...known, notices: [...notices, ...unreadable] };
  const read = await readSeason(pool, view, span, sweptPlays);
  return {
    ...known,
    notices: [...notices, ...unreadable],
    season: bare(span),
    seasons: seasons.map(bare).reverse(),
    unknownTeams: read.unknownTeams,
    // A refresh of the season touched rows of the season: its own rows tell of every one that matters.
    refreshes: createRefreshLog(read.scheduled.flatMap(({ refreshedAt }) => refreshedAt ?? [])),
    newestSilverPlay: read.newestSilverPlay,
    games: assembleGames(read),
  };
}

function chooseSeason(seasons: SeasonSpan[], id: string | null, today: string): SeasonSpan | null {
  if (id === null) return currentSeason(seasons, today);
  const season = seasons.find((candidate) => candidate.id === id);
  if (season) return season;
  const known = seasons.map((candidate) => candidate.id).join(", ") || "none";
  throw new AppError("not-found", `The schedule has no season that begins in ${id}. It has: ${known}.`);
}

async function readSeason(
  pool: WarehousePool,
  { shape: { sources }, teams }: WarehouseView,
  span: SeasonSpan,
  sweptPlays: readonly PlaysKey[],
) {
  const { schedule, boxscores, pbp, silverBoxscores, silverPbp } = sources;
  const range = { from: span.dataFrom, to: span.dataTo };
  const { games: scheduled, unknownTeams } = schedule
    ? await readScheduledGames(pool, schedule, teams, range)
    : NO_SCHEDULED_GAMES;
  const keys = [...scheduled, ...unscheduledKeys(sweptPlays, scheduled, range)];
  const plays = pbp ? findPlays(pool, pbp, keys, range) : Promise.resolve([]);
  const acronyms = [...new Set(scheduled.flatMap(({ away, home }) => [away, home]))];
  const [boxscoreRows, playRows, silverBoxscoreRows, silverPlayRows, newestSilverPlay] = await Promise.all([
    boxscores ? readBoxscores(pool, boxscores, range, false) : [],
    plays,
    silverBoxscores ? readSilverBoxscores(pool, silverBoxscores, acronyms, range) : null,
    silverPbp ? findSilverPlays(pool, silverPbp, plays, range) : null,
    silverPbp ? readNewestSilverPlay(pool, silverPbp) : null,
  ]);
  return {
    scheduled,
    unknownTeams,
    boxscores: boxscoreRows,
    plays: playRows,
    silverBoxscores: silverBoxscoreRows,
    silverPlays: silverPlayRows,
    newestSilverPlay,
  };
}

/** Swept games of the range that the schedule lacks: whether they still have plays is looked up with the rest. */
function unscheduledKeys(
  swept: readonly PlaysKey[],
  scheduled: readonly ScheduledGame[],
  { from, to }: DateRange,
): PlaysKey[] {
  const known = new Set(scheduled.map(keyText));
  return swept.filter((key) => key.date >= from && key.date < to && !known.has(keyText(key)));
}

/** The sample shows nearly all games; those with plays in bronze that it does not show are looked up. */
async function findSilverPlays(
  pool: WarehousePool,
  silver: SourceShape,
  bronzePlays: Promise<GamePlays[]>,
  range: DateRange,
): Promise<SilverPlays[]> {
  const [{ plays, isComplete }, bronze] = await Promise.all([
    sampleSilverPlays(pool, silver, range),
    bronzePlays,
  ]);
  if (isComplete) return plays;
  const seen = new Set(plays.map(keyText));
  const open = bronze.filter((key) => !seen.has(keyText(key)));
  return open.length > 0 ? [...plays, ...(await lookUpSilverPlays(pool, silver, open))] : plays;
}

function keyText({ date, away, home }: PlaysKey): string {
  return `${date} ${away}@${home}`;
}

function bare({ id, label, firstDate, lastDate }: SeasonSpan) {
  return { id, label, firstDate, lastDate };
}

function unreadableNotices(table: string, rows: number): WarehouseNotice[] {
  if (rows === 0) return [];
  const message = `${table} holds ${rows} ${rows === 1 ? "row" : "rows"} whose date cannot be read (expected YYYY-MM-DD).`;
  return [{ code: "unreadable-dates", message }];
}
