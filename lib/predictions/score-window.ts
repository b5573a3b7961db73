import type { ScoredWindow, Side } from "@/lib/contracts/predictions";
import type { GameDate } from "@/lib/game-date";
import { isProbability } from "./judge-prediction";
import { marketOf } from "./odds";
import { calibrate, type Forecast, scoreForecasts } from "./score-forecasts";

/** A predicted game with its result, if that is known; one for each game. */
export type ScoredGame = {
  date: GameDate;
  homeWin: number | null;
  homeMoneyline: number | null;
  awayMoneyline: number | null;
  winner: Side | null;
};

/**
 * Scores the predicted games of the dates from `from` to `to`. Model and market are compared over the same games,
 * those with odds for both teams; a prediction that is no probability settles nothing.
 */
export function scoreWindow(games: readonly ScoredGame[], from: GameDate, to: GameDate): ScoredWindow {
  const inWindow = games.filter(({ date }) => date >= from && date <= to);
  const settled = inWindow.flatMap((game) => settle(game));
  const model = settled.map(({ model }) => model);
  const compared = settled.flatMap(({ model, market }) => (market ? [{ model, market }] : []));
  const comparedModel = compared.map(({ model }) => model);
  const comparedMarket = compared.map(({ market }) => market);
  return {
    from,
    to,
    predicted: inWindow.length,
    settled: settled.length,
    withoutOdds: settled.length - compared.length,
    model: scoreForecasts(model),
    compared: { model: scoreForecasts(comparedModel), market: scoreForecasts(comparedMarket) },
    calibration: { model: calibrate(comparedModel), market: calibrate(comparedMarket) },
  };
}

function settle(game: ScoredGame): { model: Forecast; market: Forecast | null }[] {
  const { homeWin, winner } = game;
  if (winner === null || !isProbability(homeWin)) return [];
  const homeWon = winner === "home";
  const market = marketOf(game.homeMoneyline, game.awayMoneyline);
  return [{ model: { chance: homeWin, homeWon }, market: market && { chance: market.home, homeWon } }];
}
