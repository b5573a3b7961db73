import type { Season, StaleCoverage, Team } from "@/lib/contracts/coverage";
import type { GamePrediction } from "@/lib/contracts/prediction-coverage";
import { addDays, type GameDate } from "@/lib/game-date";
import type { Circumstances } from "./compose-coverage";
import { indexWaivers, judgeGames } from "./judge-games";
import type { SeasonMeasurement } from "./measurement";
import { judgePredictions } from "./predicted-games";

/** A game that is expected, and how its prediction stands. */
export type ExpectedGame = {
  date: GameDate;
  away: Team;
  home: Team;
  tipOff: string | null;
  prediction: GamePrediction;
};

/** A season's expected games; empty without a schedule, or where predictions are not measured. */
export type SeasonPredictions = {
  season: Season | null;
  games: ExpectedGame[];
  /** When the games were read. */
  measuredAt: Date;
  stale: StaleCoverage | null;
  /** Why the predictions are not fresh, or not there. */
  problem: string | null;
};

/** Judges the predictions of a season's expected games. Pure like `composeSeason`. */
export function composeSeasonPredictions(
  { season, games, refreshes, teams, measuredAt }: SeasonMeasurement,
  { waivers, predictions, now, stale }: Circumstances,
): SeasonPredictions {
  const judge = judgePredictions(predictions, teams, now);
  const indexed = indexWaivers(waivers);
  const last = season && addDays(season.lastDate, 1);
  const expected = [...games].flatMap(([date, measured]) =>
    season && last && date >= season.firstDate && date < last
      ? judgeGames(measured, refreshes, indexed).filter(({ standing }) => standing === "expected")
      : [],
  );
  return {
    season,
    measuredAt,
    stale,
    problem: predictions.problem,
    games: expected.flatMap((game) => {
      const prediction = judge.game(game);
      if (!prediction) return [];
      const { date, away, home, schedule } = game.measured;
      const tipOff = schedule?.tipOff ?? null;
      return [{ date, away: teams.teamOf(away), home: teams.teamOf(home), tipOff, prediction }];
    }),
  };
}
