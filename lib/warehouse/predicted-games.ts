import type { GamePrediction, PredictionCounts } from "@/lib/contracts/prediction-coverage";
import type { GameDate } from "@/lib/game-date";
import { countPredictions, predictionStateOf } from "@/lib/predictions/prediction-state";
import type { JudgedGame } from "./judge-games";
import type { MeasuredGame } from "./measured-game";
import type { TeamDirectory } from "./team-directory";

/** A game of the predictions, by the full names of its teams. */
export type PredictedGame = {
  date: GameDate;
  away: string;
  home: string;
  awayWin: number | null;
  homeWin: number | null;
  /** When its row was inserted, in milliseconds since 1970; null where the table does not say. */
  firstWrittenAt: number | null;
};

/** The predictions of some dates as they were read. */
export type PredictedGames = {
  /** Null when they have never been read: then nothing is known. */
  games: readonly PredictedGame[] | null;
  /** Why they are not fresh, or not there; null when they are. */
  problem: string | null;
  /** The moment up to which they are known; null when they are fresh, and the clock decides. */
  knownUntil: Date | null;
};

/** Judges expected games by their predictions; what is not measured is null. */
export type PredictionJudge = {
  counts(date: GameDate, games: readonly JudgedGame[]): PredictionCounts | null;
  game(game: JudgedGame): GamePrediction | null;
};

/** @param now the clock, which counts for fresh predictions */
export function judgePredictions(
  predicted: PredictedGames,
  teams: TeamDirectory,
  now: Date,
): PredictionJudge {
  const { games, knownUntil } = predicted;
  if (!games) return { counts: () => null, game: () => null };
  const asOf = knownUntil ?? now;
  const find = indexPredictedGames(games, teams);
  return {
    counts(date, judged) {
      const expected = judged.filter(({ standing }) => standing === "expected");
      const isPredicted = expected.map(({ measured }) => find(measured) !== null);
      return countPredictions(date, isPredicted, asOf);
    },
    game({ measured, standing }) {
      const found = find(measured);
      if (!found && standing !== "expected") return null;
      return {
        state: predictionStateOf(measured.date, found !== null, asOf),
        homeWin: found?.homeWin ?? null,
        awayWin: found?.awayWin ?? null,
        firstWrittenAt: found?.firstWrittenAt ? new Date(found.firstWrittenAt).toISOString() : null,
      };
    },
  };
}

type GameOfDate = Pick<MeasuredGame, "date" | "away" | "home">;

/** Finds the prediction of a game that is named by acronyms; null when it has none. */
export function indexPredictedGames(
  games: readonly PredictedGame[],
  teams: TeamDirectory,
): (game: GameOfDate) => PredictedGame | null {
  // A name that nobody knows stands for itself: an acronym made up for it would join the directory for good.
  const keyOfName = (name: string) => (teams.knows(name) ? teams.acronymOf(name) : name);
  const keyOfAcronym = (acronym: string) => keyOfName(teams.teamOf(acronym).name);
  const byKey = new Map(
    games.map((game) => [`${game.date} ${keyOfName(game.away)}@${keyOfName(game.home)}`, game]),
  );
  return ({ date, away, home }) => byKey.get(`${date} ${keyOfAcronym(away)}@${keyOfAcronym(home)}`) ?? null;
}
