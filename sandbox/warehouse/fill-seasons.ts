import type { ClientBase } from "pg";
import { addDays, type GameDate } from "../../lib/game-date";
import { rosterOf } from "../season/rosters";
import { TEAMS } from "../season/teams";
import { BOX_SCORES_CONSTRAINT, PLAYS_CONSTRAINT, SCHEDULE_CONSTRAINT } from "./bronze-tables";
import { isDue, newestRunDate } from "./daily-run-times";
import { insertRows } from "./insert-rows";
import { FILL_SILVER_SCHEDULE } from "./refresh-schedule";
import { seedLookups } from "./seed-snapshots";
import { SILVER_INDEXES } from "./silver-tables";

export interface FillSeasons {
  /** A superuser's connection, outside a transaction, to the empty tables of `createWarehouseSchema`. */
  client: ClientBase;
  now: Date;
  /** How many; the last one is 100 days old at `now`. 1,230 games each. */
  seasons: number;
  /** 1 gives 127 plays a game, as in production. */
  playsMultiplier: number;
  /** Production's unique constraints and silver's indexes, or no index at all. */
  constraints: "production" | "none";
  /** The optional index of box scores on (date, team). */
  boxScoresIndex: boolean;
  /** Told before each step. */
  onStep?: (step: string) => void;
}

export interface FilledRows {
  games: number;
  boxScores: number;
  plays: number;
}

/** As docs/warehouse.md offers it. */
export const BOX_SCORES_INDEX = `create index boxscores_date_team
  on bronze.bbref_player_boxscores (date, team, opponent, location) include (modified_at)`;

const DAYS_SINCE_START = 100;
const PLAYS_A_GAME = 127;
const CONSTRAINTS = [SCHEDULE_CONSTRAINT, BOX_SCORES_CONSTRAINT, PLAYS_CONSTRAINT];

/**
 * Fills a warehouse with whole seasons at production's volume, for benchmarks: every game that is due has all
 * its data in bronze and silver. All rows are made by PostgreSQL; points are spread evenly over the players.
 */
export async function fillSeasons(options: FillSeasons): Promise<FilledRows> {
  const { client, now, onStep = () => undefined } = options;
  const known = await client.query("select 1 from bronze.bbref_league_schedule limit 1");
  if (known.rowCount !== 0) throw new Error("The warehouse holds a season already: use an empty database.");
  const today = now.toISOString().slice(0, 10);
  await client.query("begin");
  try {
    await client.query("set local work_mem = '128MB'; set local maintenance_work_mem = '512MB'");
    await dropIndexes(client);
    onStep("schedule");
    await seedLookups(client, addDays(today, -365 * options.seasons - DAYS_SINCE_START));
    await makeGames(client, options.seasons, addDays(today, -DAYS_SINCE_START), newestDue(now));
    await client.query(FILL_SCHEDULE, [`${newestRunDate(now)} 12:00:00`]);
    await client.query(FILL_SILVER_SCHEDULE);
    onStep("box scores");
    await client.query(FILL_BOX_SCORES);
    await client.query(FILL_SILVER_BOX_SCORES);
    onStep("plays");
    // An odd number of plays, taken in turn, leaves a winner.
    await makePlays(client, Math.floor((PLAYS_A_GAME * options.playsMultiplier) / 2) * 2 + 1);
    onStep("indexes");
    await addIndexes(client, options);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw error;
  }
  onStep("statistics");
  await client.query("vacuum analyze");
  return countRows(client);
}

function newestDue(now: Date): GameDate {
  const yesterday = addDays(now.toISOString().slice(0, 10), -1);
  return isDue(yesterday, now) ? yesterday : addDays(yesterday, -1);
}

async function dropIndexes(client: ClientBase): Promise<void> {
  for (const { table, name } of CONSTRAINTS) {
    await client.query(`alter table ${table} drop constraint if exists ${name}`);
  }
  await client.query(
    "drop index if exists silver.fact_boxscores_team_game_date, silver.fact_pbp_data_game_date",
  );
}

async function addIndexes(client: ClientBase, options: FillSeasons): Promise<void> {
  if (options.constraints === "production") {
    for (const { table, name, columns } of CONSTRAINTS) {
      await client.query(`alter table ${table} add constraint ${name} unique (${columns})`);
    }
    await client.query(SILVER_INDEXES);
  }
  if (options.boxScoresIndex) {
    await client.query(BOX_SCORES_INDEX);
  }
}

async function makeGames(
  client: ClientBase,
  seasons: number,
  currentStart: GameDate,
  newest: GameDate,
): Promise<void> {
  await client.query("create temporary table roster (team text, seat integer, player text) on commit drop");
  await insertRows(
    client,
    "roster",
    TEAMS.flatMap((team) => rosterOf(team).map((player, seat) => ({ team: team.acronym, seat, player }))),
  );
  await client.query(MAKE_GAMES, [seasons, currentStart, newest]);
  await client.query("analyze game");
}

async function makePlays(client: ClientBase, playsAGame: number): Promise<void> {
  await client.query(fillPlays("bronze"), [playsAGame]);
  await client.query(fillPlays("silver"), [playsAGame]);
}

async function countRows(client: ClientBase): Promise<FilledRows> {
  const answer = await client.query<FilledRows>(`
    select (select count(*)::int from bronze.bbref_league_schedule) as games,
      (select count(*)::int from bronze.bbref_player_boxscores) as "boxScores",
      (select count(*)::int from bronze.bbref_player_pbp) as plays`);
  const [rows] = answer.rows;
  if (rows === undefined) throw new Error("PostgreSQL counted nothing");
  return rows;
}

// A round-robin by the circle method: in each round every team has one opponent, and 7 or 8 of the round's 15
// pairs play. 164 days of games make 1,230; five days off lie in the middle.
const MAKE_GAMES = `
create temporary table game on commit drop as
with team as (
  select team, team_acronym as acronym, (row_number() over (order by team_acronym) - 1)::int as place
  from bronze.internal_team_attributes
), slot as (
  select season, day, day % 29 as round, (slot + day) % 15 as pair,
    $2::date - 365 * season + day + case when day >= 115 then 5 else 0 end as date
  from generate_series(0, $1::int - 1) season, generate_series(0, 163) day, generate_series(0, 7) slot
  where slot < 7 + day % 2
), paired as (
  select date, (day / 29 + pair) % 2 = 0 as swapped, (day + pair) % 2 = 0 as home_wins,
    case when pair = 0 then 29 else (round + pair) % 29 end as one,
    case when pair = 0 then round else (round - pair + 29) % 29 end as other
  from slot
)
select date, date <= $3::date as is_due, home_wins, away.team as away_team, home.team as home_team,
  away.acronym as away, home.acronym as home
from paired
join team away on away.place = case when swapped then other else one end
join team home on home.place = case when swapped then one else other end
order by date`;

const FILL_SCHEDULE = `
insert into bronze.bbref_league_schedule
select away_team, home_team, '7:30p', date, to_char(date, 'Dy, Mon DD, YYYY'), to_char(date, 'FMDay'),
  date - interval '120 days', least(date + time '12:00', $1::timestamp)
from game order by date`;

const FILL_BOX_SCORES = `
insert into bronze.bbref_player_boxscores (
  player, team, location, opponent, outcome, mp, fgm, fga, pts, plusminus, date, type, scrape_date,
  created_at, modified_at
)
select roster.player, side.team, side.location, side.opponent, case when side.wins then 'W' else 'L' end,
  greatest(3, 37 - 2.8 * roster.seat), 4, 9,
  -- 64 baskets against 63, over 13 players.
  case when side.wins then 128 else 126 end / 13
    + (roster.seat < case when side.wins then 128 else 126 end % 13)::int,
  case when side.wins then 2 else -2 end, date, 'Regular Season', date + 1,
  date + 1 + time '12:01:07', date + 1 + time '12:01:07'
from game
cross join lateral (
  values (away, 'A', home, not home_wins), (home, 'H', away, home_wins)
) as side (team, location, opponent, wins)
join roster on roster.team = side.team
where is_due`;

const FILL_SILVER_BOX_SCORES = `
insert into silver.fact_boxscores (
  player, team, opponent, game_date, location, outcome, mp, fgm, fga, pts, plusminus, created_at, modified_at
)
select player, team, opponent, date::date, location, outcome, mp, fgm, fga, pts, plusminus, created_at,
  modified_at
from bronze.bbref_player_boxscores`;

/** The plays of all due games, $1 of them each: the winner's and the loser's baskets take turns. */
function fillPlays(layer: "bronze" | "silver"): string {
  const columns =
    layer === "bronze"
      ? `bronze.bbref_player_pbp
select home, away, date, clock, quarter, case when by_home then '' else description end,
  case when by_home then description else '' end, score_away, score_home, abs(score_home - score_away),
  date + 1, date + 1 + time '12:01:49', date + 1 + time '12:01:49'`
      : `silver.fact_pbp_data
select home, away, date, quarter, clock, description, score_away, score_home, abs(score_home - score_away),
  case when score_home > score_away then home when score_away > score_home then away else 'TIE' end,
  case when home_wins then home else away end`;
  return `
insert into ${columns}
from (
  select game.*, (number % 2 = 1) = home_wins as by_home,
    2 * case when home_wins then (number + 1) / 2 else number / 2 end as score_home,
    2 * case when home_wins then number / 2 else (number + 1) / 2 end as score_away,
    (array['1st Quarter', '2nd Quarter', '3rd Quarter', '4th Quarter'])[(number - 1) * 4 / $1::int + 1]
      as quarter,
    tenths / 600 || ':' || lpad((tenths % 600 / 10)::text, 2, '0') || '.' || tenths % 10 as clock,
    -- Five names do for all teams: nothing joins on a play's text.
    (array['A. Birchwood', 'C. Dunmore', 'D. Eastgate', 'E. Greaves', 'F. Kestrel'])[number % 5 + 1]
      || ' makes 2-pt jump shot from ' || number % 21 || ' ft' as description
  from game
  cross join lateral (
    select number, (28800 - number * 28800 / ($1::int + 1)) % 7200 as tenths
    from generate_series(1, $1::int) number
  ) as play
  where is_due
) as plays`;
}
