import type { BuildAdvice, DateState, SilverState } from "@/lib/contracts/coverage";
import { easternDate, type GameDate } from "@/lib/game-date";
import { adviseBuild, silverLagText } from "./advise-date";
import { classifyDate } from "./classify-date";
import { type ActiveWaiver, indexWaivers, type JudgedGame, judgeGames, lagsInSilver } from "./judge-games";
import type { SeasonMeasurement } from "./measurement";

/** How silver's box scores of a game can be behind bronze's. */
export const BOXSCORE_LAGS = [
  "absent",
  "fewer",
  "older",
  "doubled",
] as const satisfies readonly SilverState[];
export type BoxscoreLag = (typeof BOXSCORE_LAGS)[number];

/** A date whose silver is behind bronze, by the expected games that are. */
export type SilverLag = {
  date: GameDate;
  /** Games behind in box scores, by how. */
  boxscores: Record<BoxscoreLag, number>;
  /** Games whose plays are in bronze and not in silver. */
  plays: number;
  /** `7 of 7 games are behind in silver: 7 with doubled box scores` */
  text: string;
  /** The build that would take the date in, by the rules of the incremental models. */
  build: BuildAdvice;
};

/** How a season's dates stand, and those of them whose silver is behind bronze, oldest first. */
export type SilverStanding = { states: Record<GameDate, DateState>; lags: SilverLag[] };

/**
 * Judges a season's measurement for a build's receipt. A date counts as behind whatever its state: of a date
 * that is partial in bronze silver may still lack what bronze has.
 */
export function judgeSilver(
  measurement: SeasonMeasurement,
  waivers: readonly ActiveWaiver[],
): SilverStanding {
  const { games, measuredAt, refreshes, silver, newestSilverPlay } = measurement;
  const active = indexWaivers(waivers);
  const standing: SilverStanding = { states: {}, lags: [] };
  for (const date of [...games.keys()].sort()) {
    const judged = judgeGames(games.get(date) ?? [], refreshes, active);
    const { state } = classifyDate({
      date,
      games: judged,
      today: easternDate(measuredAt),
      asOf: measuredAt,
      silver,
      newestSilverPlay,
      doubling: null,
    });
    standing.states[date] = state;
    const expected = judged.filter((game) => game.standing === "expected");
    if (expected.some(lagsInSilver))
      standing.lags.push({
        date,
        boxscores: countBoxscoreLags(expected),
        plays: expected.filter((game) => game.silverPlaysState === "absent").length,
        text: silverLagText(expected),
        build: adviseBuild(date, judged, newestSilverPlay, null),
      });
  }
  return standing;
}

function countBoxscoreLags(games: readonly JudgedGame[]): Record<BoxscoreLag, number> {
  const count = (state: BoxscoreLag) => games.filter((game) => game.silverBoxscoresState === state).length;
  return { absent: count("absent"), fewer: count("fewer"), older: count("older"), doubled: count("doubled") };
}
