import type { ClientBase } from "pg";
import { TEAMS } from "../season/teams";
import { type UtcTimestamp, utcAt } from "./daily-run-times";
import { insertRows } from "./insert-rows";

/** The ingestion's flags: one for each table it fills, and those of the season's phase. */
export const FEATURE_FLAGS: Readonly<Record<string, 0 | 1>> = {
  season: 1,
  playoffs: 0,
  schedule: 1,
  boxscores: 1,
  pbp: 1,
  stats: 1,
  injuries: 1,
  transactions: 1,
  player_adv_stats: 1,
  adv_stats: 1,
  shooting_stats: 1,
  odds: 1,
  reddit_posts: 1,
  reddit_comments: 1,
  opp_stats: 1,
  player_contracts: 1,
};

/** Fills what hangs on no date: teams and flags, as they were set up on `setUpOn`. */
export async function seedLookups(client: ClientBase, setUpOn: string): Promise<void> {
  const stamp = utcAt(setUpOn, "09:00:00");
  const stamps = { created_at: stamp, modified_at: stamp };
  await insertRows(
    client,
    "bronze.internal_team_attributes",
    TEAMS.map((team) => ({
      team: team.name,
      team_acronym: team.acronym,
      primary_color: team.primaryColor,
      conference: team.conference,
      ...stamps,
    })),
  );
  await insertRows(
    client,
    "gold.feature_flags",
    Object.entries(FEATURE_FLAGS).map(([flag, is_enabled]) => ({ flag, is_enabled, ...stamps })),
  );
}

/** Fills the bronze tables that are current snapshots, a few rows each, as the newest daily run wrote them. */
export async function seedSnapshots(
  client: ClientBase,
  runDate: string,
  setUpAt: UtcTimestamp,
): Promise<void> {
  const written = utcAt(runDate, "12:00:35");
  const stamps = "$1::timestamp, $2::timestamp";
  const scorers = `
    select player, team, round(avg(pts), 1) as ppg, row_number() over (order by avg(pts) desc, player) as place
    from bronze.bbref_player_boxscores group by player, team`;
  const statements = [
    `insert into bronze.bbref_player_stats_snapshot select player, team, ppg, ${stamps} from (${scorers}) s`,
    `insert into bronze.bbref_player_adv_stats select player, team, 12 + ppg / 2, ${stamps} from (${scorers}) s`,
    `insert into bronze.bbref_player_shooting_stats select player, 0.30 + (place % 12) / 100.0, ${stamps} from (${scorers}) s`,
    `insert into bronze.bbref_player_contracts select player, team, 1200000 + (ppg * 1500000)::bigint, ${stamps} from (${scorers}) s`,
    `insert into bronze.bbref_player_injuries select player, team, 'Ankle', 'Day To Day', ${stamps} from (${scorers}) s where place % 40 = 0`,
    `insert into bronze.bbref_league_transactions select $3::date - place::int, 'The ' || team || ' signed a player to a ten-day contract.', ${stamps} from (select team, row_number() over (order by team) as place from bronze.internal_team_attributes) t where place <= 5`,
    `insert into bronze.bbref_team_adv_stats_snapshot select team, 112.5, 112.5, ${stamps} from bronze.internal_team_attributes`,
    `insert into bronze.bbref_team_opponent_shooting_stats select team, 0.47, ${stamps} from bronze.internal_team_attributes`,
    `insert into bronze.reddit_posts select 'post' || n, 'Game thread ' || n, 40 * n, ${stamps} from generate_series(1, 10) n`,
    `insert into bronze.reddit_comments select 'post' || n, 'reader' || n, 'What a finish.', ${stamps} from generate_series(1, 10) n`,
  ];
  for (const statement of statements) {
    const parameters = [setUpAt, written, ...(statement.includes("$3") ? [runDate] : [])];
    await client.query(statement, parameters);
  }
}
