import type { ClientBase } from "pg";
import { addDays, datesFromTo, type GameDate } from "../../lib/game-date";
import { gameKey, gamesOn, type ScheduledGame, seasonWindow } from "../season/season";
import { boxScoreRows, playRows, scheduleRow } from "./bronze-rows";
import { buildMarts } from "./build-marts";
import {
  boxScoresWrittenAt,
  isDue,
  newestRunDate,
  playsWrittenAt,
  scheduleRefreshedAt,
  utcAt,
} from "./daily-run-times";
import { insertRows } from "./insert-rows";
import { ODDS_DAYS_AHEAD, oddsRows } from "./odds-rows";
import { featureRow, predictionRow } from "./prediction-rows";
import { FILL_SILVER_SCHEDULE } from "./refresh-schedule";
import { seedLookups, seedSnapshots } from "./seed-snapshots";
import { type HoleKind, phantomOn, type SeededHole, seededHoles, withdrawnSince } from "./seeded-holes";
import { appendBoxScores, appendPlays } from "./silver-statements";

export interface SeedWarehouse {
  /** A superuser's connection, or the pipeline role's, outside a transaction. */
  client: ClientBase;
  now: Date;
  /** The Eastern date that the season is built around. */
  anchorDate: GameDate;
}

/** What the seed works from: the season, where `now` stands in it, and the holes to leave. */
interface SeedPlan {
  now: Date;
  /** Every date whose data are due, oldest first. */
  due: GameDate[];
  /** Every date of the season. */
  dates: GameDate[];
  runDate: GameDate;
  setUpOn: GameDate;
  anchorDate: GameDate;
  /** The date of a kind of hole, or undefined where the season has none. */
  hole(kind: HoleKind): SeededHole | undefined;
  /** True when the game's data of that kind were lost: its date's hole of that kind names it. */
  isIn(kind: HoleKind, game: ScheduledGame): boolean;
}

/**
 * Fills the empty tables of `createWarehouseSchema` with a season as the daily runs up to `now` would have
 * left it, and with the holes of `seededHoles`. One transaction; throws where the warehouse holds a season
 * already.
 */
export async function seedWarehouse({ client, now, anchorDate }: SeedWarehouse): Promise<void> {
  const known = await client.query("select 1 from bronze.bbref_league_schedule limit 1");
  if (known.rowCount !== 0) {
    throw new Error(
      "The warehouse holds a season already: seed an empty database, or refresh this one's schedule.",
    );
  }
  const plan = planSeed(now, anchorDate);
  await client.query("begin");
  try {
    await seedLookups(client, plan.setUpOn);
    await seedSchedule(client, plan);
    await seedBronze(client, plan);
    await seedSilver(client, plan);
    await seedPredictions(client, plan);
    await seedSnapshots(client, plan.runDate, utcAt(plan.setUpOn, "12:00:35"));
    await buildMarts(client, new Date(`${plan.runDate}T12:05:52Z`));
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw error;
  }
  await client.query("analyze");
}

function planSeed(now: Date, anchorDate: GameDate): SeedPlan {
  const { first, last } = seasonWindow(anchorDate);
  const dates = datesFromTo(first, last);
  const holes = seededHoles(now, anchorDate);
  const hole = (kind: HoleKind) => holes.find((candidate) => candidate.kind === kind);
  return {
    now,
    anchorDate,
    dates,
    due: dates.filter((date) => isDue(date, now)),
    runDate: newestRunDate(now),
    setUpOn: addDays(first, -14),
    hole,
    isIn: (kind, game) =>
      hole(kind)?.date === game.date && hole(kind)?.games.includes(gameKey(game)) === true,
  };
}

async function seedSchedule(client: ClientBase, plan: SeedPlan): Promise<void> {
  const created_at = utcAt(plan.setUpOn, "12:00:00");
  const rows = plan.dates
    .flatMap((date) => gamesOn(date, plan.anchorDate))
    .filter((game) => !plan.isIn("unscheduled", game))
    .map((game) => scheduleRow(game, { created_at, modified_at: scheduleRefreshedAt(game.date, plan.now) }));
  const withdrawn = plan.hole("withdrawn");
  if (withdrawn !== undefined) {
    const modified_at = utcAt(withdrawnSince(withdrawn.date), "12:00:00");
    rows.push(scheduleRow(phantomOn(withdrawn.date, plan.anchorDate), { created_at, modified_at }));
  }
  await insertRows(client, "bronze.bbref_league_schedule", rows);
  await client.query(FILL_SILVER_SCHEDULE);
}

async function seedBronze(client: ClientBase, plan: SeedPlan): Promise<void> {
  const ingested = plan.due
    .flatMap((date) => gamesOn(date, plan.anchorDate))
    .filter((game) => !(["late", "missing", "partial"] as const).some((kind) => plan.isIn(kind, game)));
  await insertRows(
    client,
    "bronze.bbref_player_boxscores",
    ingested.flatMap((game) => {
      const created_at = boxScoresWrittenAt(game.date);
      const modified_at = backfilledAt(plan, game.date) ?? created_at;
      return boxScoreRows(game, { created_at, modified_at });
    }),
  );
  await insertRows(
    client,
    "bronze.bbref_player_pbp",
    ingested
      .filter((game) => !plan.isIn("no-plays", game))
      .flatMap((game) => {
        const created_at = playsWrittenAt(game.date);
        const modified_at = backfilledAt(plan, game.date) ?? created_at;
        return playRows(game, { created_at, modified_at });
      }),
  );
}

/** An operator backfilled the doubled date the day after its daily run, although nothing was amiss. */
function backfilledAt(plan: SeedPlan, date: GameDate): string | undefined {
  return plan.hole("silver-doubled")?.date === date ? utcAt(addDays(date, 2), "16:20:11") : undefined;
}

async function seedSilver(client: ClientBase, plan: SeedPlan): Promise<void> {
  await client.query(FILL_SILVER_TEAMS);
  const absent = plan.hole("silver-absent")?.date ?? null;
  await client.query(appendBoxScores("date::date is distinct from $1::date"), [absent]);
  await client.query(appendPlays("date is distinct from $1::date"), [absent]);
  const doubled = plan.hole("silver-doubled")?.date;
  if (doubled === undefined) return;
  // The rows from before that backfill, which the append without a key left in place.
  await client.query(appendBoxScores("date::date = $1::date"), [doubled]);
  await client.query(
    `update silver.fact_boxscores set modified_at = created_at
     where ctid in (select min(ctid) from silver.fact_boxscores where game_date = $1 group by player)`,
    [doubled],
  );
}

async function seedPredictions(client: ClientBase, plan: SeedPlan): Promise<void> {
  const predicted = plan.dates
    .filter((date) => date <= plan.runDate)
    .flatMap((date) => gamesOn(date, plan.anchorDate))
    .filter((game) => !plan.isIn("predictions-gap", game) && !plan.isIn("predictions-today", game));
  await insertRows(client, "gold.ml_game_predictions", predicted.map(predictionRow));
  const today = gamesOn(plan.runDate, plan.anchorDate);
  await insertRows(client, "silver.ml_game_features", today.map(featureRow));
  const written = utcAt(plan.runDate, "12:00:35");
  const withOdds = datesFromTo(plan.runDate, addDays(plan.runDate, ODDS_DAYS_AHEAD))
    .flatMap((date) => gamesOn(date, plan.anchorDate))
    .flatMap((game) => oddsRows(game, written));
  await insertRows(client, "bronze.draftkings_game_odds", withOdds);
}

const FILL_SILVER_TEAMS = `
insert into silver.dim_teams (team, team_acronym, conference, primary_color)
select team, team_acronym, conference, primary_color from bronze.internal_team_attributes`;
