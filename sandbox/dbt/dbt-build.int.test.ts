import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { easternDate } from "../../lib/game-date";
import { gamesOn } from "../season/season";
import { copyDbtProject, type DbtCheckout, type FinishedDbt, startDbt } from "../testing/run-dbt";
import { createThrowawayWarehouse, type ThrowawayWarehouse } from "../testing/throwaway-warehouse";
import { seededHoles, seedWarehouse } from "../warehouse/seed";
import { phantomOn } from "../warehouse/seeded-holes";

const BUILD_MS = 120_000;

const now = new Date();
const anchorDate = easternDate(now);
let warehouse: ThrowawayWarehouse;
let checkout: DbtCheckout;

beforeAll(async () => {
  checkout = copyDbtProject();
  warehouse = await createThrowawayWarehouse();
  await seedWarehouse({ client: warehouse.admin, now, anchorDate });
}, 60_000);

afterAll(async () => {
  await warehouse?.drop();
  checkout?.remove();
});

const dbt = (...args: string[]) => startDbt(args, { checkout, warehouseUrl: warehouse.pipelineUrl }).finished;

function named(status: string, { statuses }: FinishedDbt): string[] {
  return [...statuses].filter(([, found]) => found === status).map(([name]) => name);
}

async function column(sql: string, parameters: unknown[] = []): Promise<string[]> {
  const { rows } = await warehouse.admin.query<{ value: string }>(sql, parameters);
  return rows.map(({ value }) => value);
}

/** Every model but those of staging, which become a part of the models after them. */
function modelsThatMakeRelations(): string[] {
  return readdirSync(join(checkout.folder, "models"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".sql") && !file.startsWith("staging"))
    .map((file) => basename(file, ".sql"))
    .sort();
}

describe("the tables of the seed", () => {
  it(
    "are enough for each of the runbook's commands, before any other build",
    async () => {
      for (const command of [
        ["--select", "fact_schedule_data+", "--full-refresh"],
        ["--select", "fact_boxscores+", "fact_pbp_data+"],
        ["--select", "fact_schedule_data+"],
        [],
      ]) {
        await warehouse.admin.query(`do $$ declare name text; begin
        for name in select tablename from pg_tables where schemaname = 'silver' and tablename like 'int%' loop
          execute format('drop table silver.%I', name);
        end loop; end $$`);
        const { code, output } = await dbt("run", ...command);
        expect(code, output).toBe(0);
      }
    },
    BUILD_MS,
  );

  it(
    "fail one test alone, for the seeded doubling",
    async () => {
      const build = await dbt("build", "--select", "fact_boxscores+", "fact_pbp_data+");
      expect(build.code).toBe(1);
      expect(named("error", build)).toEqual([]);
      expect(named("fail", build)).toEqual(["boxscores_are_unique"]);
      const doubled = seededHoles(now, anchorDate).find(({ kind }) => kind === "silver-doubled");
      expect(
        await column(
          `select distinct game_date::text as value from (
           select game_date from silver.fact_boxscores group by player, game_date having count(*) > 1
         ) as twice`,
        ),
      ).toEqual([doubled?.date]);
    },
    BUILD_MS,
  );

  it(
    "keep their columns and types through a full refresh",
    async () => {
      const shape = () =>
        column(`
        select table_schema || '.' || table_name || '.' || column_name || ' ' || data_type as value
        from information_schema.columns
        where table_schema = 'silver'
          and table_name in ('dim_teams', 'fact_boxscores', 'fact_pbp_data', 'fact_schedule_data')
        order by value`);
      const seeded = await shape();
      await dbt("run", "--full-refresh");
      expect(await shape()).toEqual(seeded);
      expect(
        await column(`
        select indexdef as value from pg_indexes
        where schemaname = 'silver' and tablename in ('fact_boxscores', 'fact_pbp_data') order by tablename`),
      ).toEqual([expect.stringContaining("(team, game_date)"), expect.stringContaining("(game_date)")]);
    },
    BUILD_MS,
  );
});

describe("a full refresh", () => {
  let built: FinishedDbt;

  beforeAll(async () => {
    built = await dbt("build", "--full-refresh");
  }, BUILD_MS);

  it("builds everything, and fails only for the games that bronze lacks", () => {
    expect(built.code).toBe(1);
    expect(named("fail", built)).toEqual(["no_past_game_lacks_boxscores"]);
    expect(named("warn", built)).toEqual(["no_past_game_lacks_plays"]);
    expect([...named("error", built), ...named("skipped", built)]).toEqual([]);
    expect(named("success", built).sort()).toEqual(modelsThatMakeRelations());
  });

  it("brings silver level with bronze, date by date", async () => {
    const apart = await column(`
      select coalesce(b.date, s.date)::text as value
      from (select date::date, count(*) as rows from bronze.bbref_player_boxscores group by 1) b
      full join (select game_date as date, count(*) as rows from silver.fact_boxscores group by 1) s using (date)
      full join (select date, count(*) from bronze.bbref_player_pbp group by 1) p using (date)
      full join (select game_date as date, count(*) from silver.fact_pbp_data group by 1) f using (date)
      where b.rows is distinct from s.rows or (p.date is null) <> (f.date is null)`);
    expect(apart).toEqual([]);
  });

  it("finds exactly the games that the seed's holes lost", async () => {
    const holes = seededHoles(now, anchorDate);
    const lost = holes
      .filter(({ kind }) => ["late", "missing", "partial"].includes(kind))
      .flatMap(({ date, games }) => games.map((game) => `${date} ${game}`));
    expect(
      await column(`
        select c.game_date || ' ' || a.team_acronym || '@' || h.team_acronym as value
        from gold.past_games_coverage c
        join silver.dim_teams a on a.team = c.away_team join silver.dim_teams h on h.team = c.home_team
        where not c.has_boxscores order by value`),
    ).toEqual(lost.sort());
  });

  it("gives every mart its time, but the one that has none and the one with a time of its own", async () => {
    const without = await column(`
      select t.table_name as value from information_schema.tables t
      where t.table_schema = 'gold' and t.table_name not in ('feature_flags', 'ml_game_predictions')
        and not exists (select from information_schema.columns c where c.table_schema = 'gold'
          and c.table_name = t.table_name and c.column_name = '__created_at')
      order by value`);
    expect(without).toEqual(["injuries", "team_colors"]);
  });
});

describe("the console's role", () => {
  it(
    "reads every table that dbt has made anew, with a session from before too",
    async () => {
      const reader = new Client({ connectionString: warehouse.readerUrl });
      await reader.connect();
      try {
        const read = async () => {
          const relations = await column(`
          select format('%I.%I', n.nspname, c.relname) as value from pg_class c
          join pg_namespace n on n.oid = c.relnamespace
          where n.nspname in ('silver', 'gold') and c.relkind in ('r', 'v')`);
          for (const relation of relations) await reader.query(`select 1 from ${relation} limit 1`);
          return relations;
        };
        const before = await read();
        await dbt("build", "--full-refresh");
        expect((await read()).sort()).toEqual(before.sort());
        expect(before).toContain("gold.past_games_coverage");
        await expect(reader.query("select 1 from gold.standings for update")).rejects.toThrow();
      } finally {
        await reader.end();
      }
    },
    BUILD_MS,
  );

  it("reads what the pipeline owns", async () => {
    const owners = await column(`
      select distinct tableowner as value from pg_tables where schemaname in ('silver', 'gold')
      union select viewowner from pg_views where schemaname in ('silver', 'gold')`);
    expect(owners).toEqual(["sandbox_test_pipeline"]);
  });
});

describe("ml_game_features", () => {
  const today = async () =>
    String((await column("select (now() at time zone 'utc' - interval '6 hours')::date::text as value"))[0]);

  it(
    "holds the games of the UTC date six hours ago and no others",
    async () => {
      const date = await today();
      // A game more, so that a date without games proves something too.
      const extra = phantomOn(date, anchorDate);
      await warehouse.admin.query(
        `insert into bronze.bbref_league_schedule
         (away_team, home_team, start_time, proper_date, created_at, modified_at)
       values ($1, $2, '7:30p', $3, now() at time zone 'utc', now() at time zone 'utc')`,
        [extra.away.name, extra.home.name, date],
      );
      const { code } = await dbt("run", "--select", "fact_schedule_data", "ml_game_features");
      expect(code).toBe(0);
      const games = [...gamesOn(date, anchorDate), extra].map(
        ({ away, home }) => `${away.name}@${home.name}`,
      );
      // At 06:00 UTC the date changes under the test: then it is the next date's games.
      if ((await today()) === date) {
        expect(
          await column("select away_team || '@' || home_team as value from silver.ml_game_features"),
        ).toEqual(expect.arrayContaining(games));
        expect(
          await column(
            "select distinct game_date || ' ' || count(*) as value from silver.ml_game_features group by game_date",
          ),
        ).toEqual([`${date} ${games.length}`]);
      }
    },
    BUILD_MS,
  );

  it("knows both teams' season", async () => {
    const unknown = await column(`
      select home_team as value from silver.ml_game_features
      where num_nulls(home_team_rank, away_team_rank, home_days_rest, away_days_rest,
        home_team_avg_pts_scored, away_team_avg_pts_scored_opp, home_team_win_pct, away_team_win_pct_last10,
        home_is_top_players, away_is_top_players) > 0
        or home_days_rest not between 0 and 7`);
    expect(unknown).toEqual([]);
  });
});
