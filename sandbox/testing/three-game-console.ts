import { type CoverageReader, createCoverageReader } from "../../lib/warehouse/coverage-reader";
import { createPredictionsReader, type PredictionsReader } from "../../lib/warehouse/predictions-reader";
import { createWarehousePool, type WarehousePool } from "../../lib/warehouse/warehouse-pool";
import { seedLookups } from "../warehouse/seed-snapshots";
import { createThrowawayWarehouse, type ThrowawayWarehouse } from "./throwaway-warehouse";

export const LAKERS = "Los Angeles Lakers";
export const SUNS = "Phoenix Suns";
export const BULLS = "Chicago Bulls";
export const HEAT = "Miami Heat";

/** Five in the afternoon of the third game, UTC: it can still be predicted. */
export const NOW = new Date("2026-11-23T17:00:00Z");

const SCHEDULE = [
  ["2026-11-19", LAKERS, SUNS, "10:30p"],
  ["2026-11-20", BULLS, HEAT, "7:30p"],
  ["2026-11-23", SUNS, LAKERS, "7:00p"],
] as const;

export interface PredictionGiven {
  home?: number | string | null;
  away?: number | string | null;
  homeLine?: number | null;
  writtenAt?: string;
}

/** The console's readers in front of a warehouse with three scheduled games and nothing else. */
export class ThreeGameConsole {
  private constructor(
    readonly warehouse: ThrowawayWarehouse,
    private pool: WarehousePool,
    public coverage: CoverageReader,
    public predictions: PredictionsReader,
  ) {}

  static async open(): Promise<ThreeGameConsole> {
    const warehouse = await createThrowawayWarehouse();
    await seedLookups(warehouse.admin, "2026-10-01");
    for (const game of SCHEDULE) {
      await warehouse.admin.query(
        `insert into bronze.bbref_league_schedule
          (proper_date, away_team, home_team, start_time, created_at, modified_at)
         values ($1, $2, $3, $4, '2026-10-01', '2026-11-23 12:00')`,
        [...game],
      );
    }
    const { pool, coverage, predictions } = readersOf(warehouse);
    return new ThreeGameConsole(warehouse, pool, coverage, predictions);
  }

  /** Puts readers in place that have seen nothing of the warehouse yet. */
  async reopen(): Promise<void> {
    await this.closeReaders();
    Object.assign(this, readersOf(this.warehouse));
  }

  async close(): Promise<void> {
    await this.closeReaders();
    await this.warehouse.drop();
  }

  sql(text: string, values: unknown[] = []) {
    return this.warehouse.admin.query(text, values);
  }

  /** Inserts a prediction: home 0.6, -150 against 130, written at noon of the first game. */
  predict(date: string | null, away: string, home: string, given: PredictionGiven = {}) {
    const { home: homeWin = 0.6, away: awayWin = 0.4, homeLine = -150 } = given;
    return this.sql(
      `insert into gold.ml_game_predictions (game_date, away_team, home_team, home_team_predicted_win_pct,
         away_team_predicted_win_pct, home_moneyline, away_moneyline, created_at, modified_at)
       values ($1, $2, $3, $4, $5, $6, 130, $7, $7)`,
      [date, away, home, homeWin, awayWin, homeLine, given.writtenAt ?? "2026-11-19 12:06"],
    );
  }

  /** Adds a player's box score; `outcome` null leaves the column out. */
  boxScore(
    player: string,
    game: { date: string; team: string; opponent: string; location: "H" | "A"; points: number },
    outcome: "W" | "L" | null,
  ) {
    const { date, team, opponent, location, points } = game;
    const values: unknown[] = [player, team, opponent, location, points, date];
    return this.sql(
      `insert into bronze.bbref_player_boxscores
        (player, team, opponent, location, pts, date, created_at, modified_at${outcome ? ", outcome" : ""})
       values ($1, $2, $3, $4, $5, $6, now(), now()${outcome ? ", $7" : ""})`,
      outcome ? [...values, outcome] : values,
    );
  }

  /** Makes duplicates and missing values possible, as in a copy without production's constraints. */
  dropKeys() {
    return this.sql(`alter table gold.ml_game_predictions drop constraint ml_game_predictions_unique,
      alter game_date drop not null, alter home_team drop not null, alter away_team drop not null`);
  }

  private async closeReaders(): Promise<void> {
    await this.coverage.idle();
    await this.pool.end();
  }
}

function readersOf(warehouse: ThrowawayWarehouse) {
  const pool = createWarehousePool(warehouse.readerUrl);
  const coverage = createCoverageReader({ pool, now: () => NOW, listWaivers: async () => [] });
  const currentSeason = () => coverage.predictions(null);
  return { pool, coverage, predictions: createPredictionsReader({ pool, now: () => NOW, currentSeason }) };
}
