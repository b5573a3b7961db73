import type { ClientBase } from "pg";
import { addDays, datesFromTo, type GameDate } from "../../lib/game-date";
import { gamesOn, seasonWindow } from "../season/season";
import { scheduleRow } from "./bronze-rows";
import { newestRunDate, scheduleRefreshedAt, utcAt } from "./daily-run-times";
import { insertRows } from "./insert-rows";
import { ODDS_DAYS_AHEAD, oddsRows } from "./odds-rows";

export interface RefreshSchedule {
  /** Any role that may write the warehouse, outside a transaction. */
  client: ClientBase;
  now: Date;
  anchorDate: GameDate;
}

/**
 * Brings the schedule to where the daily runs up to `now` would have it: each upserts the rows of its own day
 * and later, so a row keeps the time of the last run that touched it. Rows of earlier days stay as they are.
 * Returns how many rows moved.
 */
export async function refreshSchedule({ client, now, anchorDate }: RefreshSchedule): Promise<number> {
  const lastRefresh = await lastRefreshDate(client);
  const runDate = newestRunDate(now);
  if (lastRefresh !== null && lastRefresh >= runDate) return 0;
  const { first, last } = seasonWindow(anchorDate);
  const from = lastRefresh === null || lastRefresh < first ? first : addDays(lastRefresh, 1);
  const created = utcAt(runDate, "12:00:00");
  const rows = datesFromTo(from, last)
    .flatMap((date) => gamesOn(date, anchorDate))
    .map((game) =>
      scheduleRow(game, { created_at: created, modified_at: scheduleRefreshedAt(game.date, now) }),
    );
  await client.query("begin");
  try {
    const moved = await client.query(UPSERT, [JSON.stringify(rows)]);
    await client.query("delete from silver.fact_schedule_data");
    await client.query(FILL_SILVER_SCHEDULE);
    await addOdds(client, from, runDate, anchorDate);
    await client.query("commit");
    return moved.rowCount ?? 0;
  } catch (error) {
    await client.query("rollback");
    throw error;
  }
}

/** The bookmaker's lines of the games since, up to those it has at the newest run; known ones stay. */
async function addOdds(
  client: ClientBase,
  from: GameDate,
  runDate: GameDate,
  anchorDate: GameDate,
): Promise<void> {
  const known = await client.query<{ date: GameDate | null }>(
    "select max(date)::text as date from bronze.draftkings_game_odds",
  );
  const newest = known.rows[0]?.date ?? null;
  const rows = datesFromTo(from, addDays(runDate, ODDS_DAYS_AHEAD))
    .filter((date) => newest === null || date > newest)
    .flatMap((date) => gamesOn(date, anchorDate))
    .flatMap((game) => oddsRows(game, utcAt(runDate, "12:00:35")));
  await insertRows(client, "bronze.draftkings_game_odds", rows);
}

const UPSERT = `
insert into bronze.bbref_league_schedule as known
select fresh.* from json_populate_recordset(null::bronze.bbref_league_schedule, $1) as fresh
on conflict (away_team, home_team, proper_date) do update
set start_time = excluded.start_time, date = excluded.date, day_name = excluded.day_name,
  modified_at = excluded.modified_at`;

/** Silver's copy of the schedule as dbt makes it: with acronyms, without games that may never be played. */
export const FILL_SILVER_SCHEDULE = `
insert into silver.fact_schedule_data (
  away_team, home_team, away_team_acronym, home_team_acronym, proper_date, start_time, day_name, created_at,
  modified_at
)
select s.away_team, s.home_team, away.team_acronym, home.team_acronym, s.proper_date, s.start_time, s.day_name,
  s.created_at, s.modified_at
from bronze.bbref_league_schedule s
left join bronze.internal_team_attributes away on away.team = s.away_team
left join bronze.internal_team_attributes home on home.team = s.home_team
where coalesce(s.start_time, '') not in ('', '11:00')`;

async function lastRefreshDate(client: ClientBase): Promise<GameDate | null> {
  const found = await client.query<{ date: GameDate | null }>(
    "select max(modified_at)::date::text as date from bronze.bbref_league_schedule",
  );
  return found.rows[0]?.date ?? null;
}
