import type { ScheduledGame } from "../season/season";
import { hashText } from "../season/seeded-random";
import { strengthOf } from "../season/team-strength";
import { TEAMS, type Team } from "../season/teams";
import { utcAt } from "./daily-run-times";

const BOOKMAKERS_MARGIN = 0.04;
const HOME_EDGE = 0.06;

/** A game as a row of `silver.ml_game_features`, with the bookmakers' odds; its outcome is not known yet. */
export function featureRow(game: ScheduledGame) {
  const homeChance = homeWinChance(game);
  return {
    home_team: game.home.name,
    home_moneyline: moneyline(homeChance + BOOKMAKERS_MARGIN / 2),
    away_team: game.away.name,
    away_moneyline: moneyline(1 - homeChance + BOOKMAKERS_MARGIN / 2),
    game_date: game.date,
    ...sideFeatures("home", game.home, game.away, game.date),
    ...sideFeatures("away", game.away, game.home, game.date),
  };
}

/** A game as a row of `gold.ml_game_predictions`, written by the daily run of its own date. */
export function predictionRow(game: ScheduledGame) {
  const written = utcAt(game.date, "12:06:20");
  // The model and the bookmakers differ by a few points either way.
  const opinion = ((hashText(`model ${game.date} ${game.home.name}`) % 1000) / 1000 - 0.5) * 0.16;
  const homeChance = Math.min(0.97, Math.max(0.03, homeWinChance(game) + opinion));
  return {
    ...featureRow(game),
    home_team_predicted_win_pct: rounded(homeChance, 3),
    away_team_predicted_win_pct: rounded(1 - homeChance, 3),
    created_at: written,
    modified_at: written,
  };
}

function homeWinChance(game: ScheduledGame): number {
  return 0.5 + HOME_EDGE + 0.17 * (strengthOf(game.home) - strengthOf(game.away));
}

/** American odds of a chance: below 0.5 positive, what 100 wins; from 0.5 on negative, what wins 100. */
function moneyline(chance: number): number {
  const bounded = Math.min(0.95, Math.max(0.05, chance));
  return bounded < 0.5
    ? Math.round((100 * (1 - bounded)) / bounded)
    : -Math.round((100 * bounded) / (1 - bounded));
}

function sideFeatures(side: "home" | "away", team: Team, opponent: Team, date: string) {
  const strength = strengthOf(team);
  const form = (hashText(`form ${date} ${team.name}`) % 5) - 2;
  const better = TEAMS.filter(
    (other) => other.conference === team.conference && strengthOf(other) > strength,
  );
  return {
    [`${side}_team_rank`]: better.length + 1,
    [`${side}_days_rest`]: hashText(`rest ${date} ${team.name}`) % 4,
    [`${side}_team_avg_pts_scored`]: rounded(113.5 + 5 * strength, 1),
    [`${side}_team_avg_pts_scored_opp`]: rounded(113.5 + 5 * strengthOf(opponent), 1),
    [`${side}_team_win_pct`]: rounded(0.5 + 0.3 * strength, 3),
    [`${side}_team_win_pct_last10`]: rounded(
      Math.min(10, Math.max(0, 5 + Math.round(3 * strength) + form)) / 10,
      1,
    ),
    [`${side}_is_top_players`]: hashText(`top ${date} ${team.name}`) % 5 === 0 ? 0 : 1,
  };
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
