import { expect, it } from "vitest";
import { nameOf } from "./node-status";

it.each([
  ["model.nba.standings", "standings"],
  ["model.nba.dim_teams.v2", "dim_teams.v2"],
  ["seed.nba.team_names", "team_names"],
  ["test.nba.unique_standings_team.d2f090666f", "unique_standings_team"],
  ["test.nba.no_past_game_lacks_boxscores", "no_past_game_lacks_boxscores"],
  ["unit_test.nba.int_team_form.counts_ten_games", "counts_ten_games"],
  ["odd", "odd"],
])("%s is %s", (uniqueId, name) => expect(nameOf(uniqueId)).toBe(name));
