import type { Server } from "node:http";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { easternDate } from "../../lib/game-date";
import { openControlStore } from "../stats-source/control-store";
import { createStatsSource } from "../stats-source/stats-source";
import { startBackfill } from "../testing/run-backfill";
import { copyDbtProject, type DbtCheckout, startDbt } from "../testing/run-dbt";
import { createThrowawayWarehouse, type ThrowawayWarehouse } from "../testing/throwaway-warehouse";
import { seededHoles, seedWarehouse } from "../warehouse/seed";
import type { HoleKind } from "../warehouse/seeded-holes";

const BUILD_MS = 120_000;
const AFTER_A_BACKFILL = ["build", "--select", "fact_boxscores+", "fact_pbp_data+"];

const now = new Date();
const anchorDate = easternDate(now);
let warehouse: ThrowawayWarehouse;
let checkout: DbtCheckout;
let source: Server;
let statsSourceUrl: string;

beforeAll(async () => {
  checkout = copyDbtProject();
  warehouse = await createThrowawayWarehouse();
  await seedWarehouse({ client: warehouse.admin, now, anchorDate });
  source = createStatsSource({ anchorDate, control: openControlStore(undefined) });
  await new Promise<void>((resolve) => source.listen(0, "127.0.0.1", resolve));
  const address = source.address();
  if (address === null || typeof address === "string") throw new Error("not listening on a port");
  statsSourceUrl = `http://127.0.0.1:${address.port}`;
  // Out of the way: what the seed has doubled, and left out of silver.
  await dbt("run", "--full-refresh");
}, BUILD_MS);

afterAll(async () => {
  source?.close();
  await warehouse?.drop();
  checkout?.remove();
});

const dbt = (...args: string[]) => startDbt(args, { checkout, warehouseUrl: warehouse.pipelineUrl }).finished;

function dateOf(kind: HoleKind): string {
  const date = seededHoles(now, anchorDate).find((hole) => hole.kind === kind)?.date;
  if (date === undefined) throw new Error(`no date is ${kind}`);
  return date;
}

async function backfill(date: string): Promise<void> {
  const { code } = await startBackfill(date, { warehouseUrl: warehouse.pipelineUrl, statsSourceUrl })
    .finished;
  expect(code).toBe(0);
}

/** Rows of a date: box scores in bronze and silver, games whose plays are in bronze and silver. */
async function rowsOf(date: string) {
  const { rows } = await warehouse.admin.query(
    `select (select count(*)::int from bronze.bbref_player_boxscores where date::date = $1) as bronze,
       (select count(*)::int from silver.fact_boxscores where game_date = $1) as silver,
       (select count(distinct hometeam)::int from bronze.bbref_player_pbp where date = $1) as "bronzePlays",
       (select count(distinct home_team)::int from silver.fact_pbp_data where game_date = $1) as "silverPlays"`,
    [date],
  );
  return rows[0] as { bronze: number; silver: number; bronzePlays: number; silverPlays: number };
}

async function builtAt(mart: string): Promise<string> {
  const { rows } = await warehouse.admin.query<{ at: string }>(
    `select max(__created_at)::text as at from gold.${mart}`,
  );
  return String(rows[0]?.at);
}

describe("after a backfill, the usual command", () => {
  it(
    "makes the newest date whole",
    async () => {
      const date = dateOf("late");
      await backfill(date);
      const { statuses } = await dbt(...AFTER_A_BACKFILL);
      const { bronze, silver, bronzePlays, silverPlays } = await rowsOf(date);
      expect(bronze).toBeGreaterThan(0);
      expect([silver, silverPlays]).toEqual([bronze, bronzePlays]);
      // Its models were built, and still it exits 1: other dates lack games.
      expect(statuses.get("no_past_game_lacks_boxscores")).toBe("fail");
      expect(statuses.get("standings")).toBe("success");
    },
    BUILD_MS,
  );

  it(
    "brings an older date's box scores and never its plays",
    async () => {
      const date = dateOf("missing");
      await backfill(date);
      await dbt(...AFTER_A_BACKFILL);
      const { bronze, silver, bronzePlays, silverPlays } = await rowsOf(date);
      expect(silver).toBe(bronze);
      expect([bronzePlays > 0, silverPlays]).toEqual([true, 0]);
    },
    BUILD_MS,
  );

  it(
    "doubles the box scores of a date that silver holds, fails for it and skips all that follows",
    async () => {
      const date = dateOf("no-plays");
      await backfill(date);
      const before = await builtAt("standings");
      const { code, statuses } = await dbt(...AFTER_A_BACKFILL);
      expect(code).toBe(1);
      const { bronze, silver } = await rowsOf(date);
      expect(silver).toBe(2 * bronze);
      expect(statuses.get("fact_boxscores")).toBe("success");
      expect(statuses.get("boxscores_are_unique")).toBe("fail");
      for (const model of ["int_team_games", "standings", "ml_game_features", "past_games_coverage"]) {
        expect(statuses.get(model)).toBe("skipped");
      }
      expect(await builtAt("standings")).toBe(before);
    },
    BUILD_MS,
  );
});

describe("the same command with --full-refresh", () => {
  it(
    "mends both, and is green once no date lacks a game",
    async () => {
      await backfill(dateOf("partial"));
      const { code, output, statuses } = await dbt(...AFTER_A_BACKFILL, "--full-refresh");
      expect(code, output).toBe(0);
      for (const kind of ["missing", "no-plays", "partial", "late"] as const) {
        const { bronze, silver, bronzePlays, silverPlays } = await rowsOf(dateOf(kind));
        expect([kind, silver, silverPlays]).toEqual([kind, bronze, bronzePlays]);
      }
      expect(statuses.get("boxscores_are_unique")).toBe("pass");
      expect(statuses.get("no_past_game_lacks_plays")).toBe("pass");
    },
    BUILD_MS,
  );
});

describe("a failed test", () => {
  it(
    "passes once its data are mended, when only what failed is tried again",
    async () => {
      await warehouse.admin.query(
        "insert into silver.fact_boxscores select * from silver.fact_boxscores limit 1",
      );
      const failed = await dbt("build", "--select", "fact_boxscores+");
      expect(failed.statuses.get("boxscores_are_unique")).toBe("fail");
      await warehouse.admin.query(`
      delete from silver.fact_boxscores where ctid in (
        select max(ctid) from silver.fact_boxscores group by player, game_date having count(*) > 1)`);
      const retried = await dbt("retry");
      expect(retried.code, retried.output).toBe(0);
      expect(retried.statuses.get("boxscores_are_unique")).toBe("pass");
      expect(retried.statuses.get("standings")).toBe("success");
      expect(retried.statuses.has("fact_boxscores")).toBe(false);
    },
    BUILD_MS,
  );
});

describe("a slow model", () => {
  it(
    "is cancelled by SIGINT, its SQL too",
    async () => {
      const before = await builtAt("player_stats");
      const { child, finished } = startDbt(["run", "--select", "player_stats"], {
        checkout,
        warehouseUrl: warehouse.pipelineUrl,
        variables: { SANDBOX_DBT_SLEEP_SECONDS: "600" },
      });
      const sleeping = async () => {
        const { rows } = await warehouse.admin.query(`
        select 1 from pg_stat_activity
        where application_name = 'dbt' and datname = current_database() and query like '%pg_sleep(600%'`);
        return rows.length;
      };
      await vi.waitFor(async () => expect(await sleeping()).toBe(1), { timeout: 60_000, interval: 100 });
      child.kill("SIGINT");
      const { code, output } = await finished;
      expect(code, output).not.toBe(0);
      await vi.waitFor(async () => expect(await sleeping()).toBe(0), { timeout: 5_000 });
      expect(await builtAt("player_stats")).toBe(before);
    },
    BUILD_MS,
  );
});
