import type {
  DateCoverage,
  GameCoverage,
  SeasonCoverage,
  StaleCoverage,
  WarehouseNotice,
} from "@/lib/contracts/coverage";
import { datesFromTo, easternDate, type GameDate } from "@/lib/game-date";
import { classifyDate } from "./classify-date";
import { findDoubling } from "./find-doubling";
import { type ActiveWaiver, indexWaivers, type JudgedGame, judgeGames } from "./judge-games";
import { gameKey, hasBoxscores, hasPlays } from "./measured-game";
import type { DateMeasurement, SeasonMeasurement } from "./measurement";
import { oldScheduleNotice } from "./old-schedule-notice";
import { judgePredictions, type PredictedGames } from "./predicted-games";

/** What a measurement is judged by when it is answered with: the clock, the waivers, and whether it is stale. */
export type Circumstances = {
  now: Date;
  waivers: readonly ActiveWaiver[];
  /** Read beside the measurement; what they lack never touches the rest. */
  predictions: PredictedGames;
  stale: StaleCoverage | null;
};

/** Judges a season's measurement. Pure, so that waivers and the clock count at once, measured again or not. */
export function composeSeason(measurement: SeasonMeasurement, given: Circumstances): SeasonCoverage {
  const { season, seasons, refreshes, games, silver } = measurement;
  const refreshedAt = measurement.scheduleRefreshedAt;
  const waivers = indexWaivers(given.waivers);
  const old = oldScheduleNotice(measurement.scheduledDates, refreshedAt, given.now);
  const clock = clockOf(measurement, given);
  const dates = season ? datesShown(season.firstDate, season.lastDate, games.keys()) : [];
  const predictions = judgePredictions(given.predictions, measurement.teams, given.now);
  const judged = new Map(
    dates.map((date) => [date, judgeGames(games.get(date) ?? [], refreshes, waivers)] as const),
  );
  const doubling = findDoubling(judged);
  return {
    ...basis(measurement, given),
    notices: [...measurement.notices, ...unknownTeamsNotice(measurement), ...(old ? [old] : [])],
    season,
    seasons,
    scheduleRefreshedAt: refreshedAt === null ? null : new Date(refreshedAt).toISOString(),
    silverMeasured: silver,
    predictionsProblem: given.predictions.problem,
    dates: [...judged].map(([date, ofDate]) => {
      const { newestSilverPlay } = measurement;
      return {
        ...classifyDate({ ...clock, date, games: ofDate, silver, newestSilverPlay, doubling }),
        predictions: predictions.counts(date, ofDate),
      };
    }),
  };
}

/** Judges one date's measurement, game by game, by nothing but itself. Pure like `composeSeason`. */
export function composeDate(measurement: DateMeasurement, given: Circumstances): DateCoverage {
  const { date, refreshes, silver, newestSilverPlay, teams } = measurement;
  const games = judgeGames(measurement.games, refreshes, indexWaivers(given.waivers));
  const predictions = judgePredictions(given.predictions, teams, given.now);
  return {
    ...basis(measurement, given),
    notices: [...measurement.notices, ...unknownTeamsNotice(measurement)],
    summary: {
      ...classifyDate({
        ...clockOf(measurement, given),
        date,
        games,
        silver,
        newestSilverPlay,
        doubling: null,
      }),
      predictions: predictions.counts(date, games),
    },
    predictionsProblem: given.predictions.problem,
    games: games.map((game) => ({
      key: gameKey(game.measured),
      away: teams.teamOf(game.measured.away),
      home: teams.teamOf(game.measured.home),
      ...gameFacts(game),
      prediction: predictions.game(game),
    })),
  };
}

function gameFacts({
  measured,
  ...judged
}: JudgedGame): Omit<GameCoverage, "key" | "away" | "home" | "prediction"> {
  const { boxscores, silverBoxscores, silverPbp } = measured;
  const { standing, waiver, silverBoxscoresState, silverPlaysState } = judged;
  return {
    tipOff: measured.schedule?.tipOff ?? null,
    standing,
    waiver: waiver && {
      id: waiver.id,
      reason: waiver.reason,
      waivedBy: waiver.waivedBy,
      waivedAt: waiver.waivedAt.toISOString(),
    },
    boxscores: {
      present: hasBoxscores(measured),
      awayRows: boxscores.awayRows,
      homeRows: boxscores.homeRows,
    },
    pbp: { present: hasPlays(measured), rows: measured.pbp.rows },
    silverBoxscores:
      silverBoxscores && silverBoxscoresState
        ? { state: silverBoxscoresState, rows: silverBoxscores.rows }
        : null,
    silverPbp: silverPbp && silverPlaysState ? { state: silverPlaysState, rows: silverPbp.rows } : null,
    result: hasBoxscores(measured) ? measured.points : null,
  };
}

type AnyMeasurement = SeasonMeasurement | DateMeasurement;

function basis({ measuredAt }: AnyMeasurement, { now, stale }: Circumstances) {
  return {
    now: now.toISOString(),
    today: easternDate(now),
    measuredAt: measuredAt.toISOString(),
    stale,
  };
}

/** A fresh measurement is judged by the clock alone; a stale one knows nothing of what fell due since. */
function clockOf({ measuredAt }: AnyMeasurement, { now, stale }: Circumstances) {
  return { today: easternDate(now), asOf: stale ? measuredAt : now };
}

function datesShown(first: GameDate, last: GameDate, withData: Iterable<GameDate>): GameDate[] {
  return [...new Set([...datesFromTo(first, last), ...withData])].sort();
}

function unknownTeamsNotice({ unknownTeams }: AnyMeasurement): WarehouseNotice[] {
  if (unknownTeams.length === 0) return [];
  const count = unknownTeams.length === 1 ? "a team" : `${unknownTeams.length} teams`;
  const message = `The schedule names ${count} without an acronym in bronze.internal_team_attributes: ${unknownTeams.join(", ")}. Acronyms are made up for them, and their data may not be found.`;
  return [{ code: "unknown-teams", message }];
}
