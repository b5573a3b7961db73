import type { ScheduledGame } from "../season/season";
import type { UtcTimestamp } from "./daily-run-times";
import { featureRow } from "./prediction-rows";

/** How many days ahead of the daily run the bookmaker has lines: that day's games and the next day's. */
export const ODDS_DAYS_AHEAD = 1;

const TOTAL_POINTS = 227.5;

/** A game as two rows of `bronze.draftkings_game_odds`, written by the daily run at `written`. */
export function oddsRows(game: ScheduledGame, written: UtcTimestamp) {
  const { home_team, home_moneyline, away_team, away_moneyline } = featureRow(game);
  const line = { spread: 0, total: TOTAL_POINTS, date: game.date, created_at: written, modified_at: written };
  return [
    { team: home_team, moneyline: home_moneyline, ...line },
    { team: away_team, moneyline: away_moneyline, ...line },
  ];
}
