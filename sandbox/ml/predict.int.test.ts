import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { explainMl, mlReasonOfLine } from "../../jobs/worker/explain-ml";
import { addDays } from "../../lib/game-date";
import { utcDate } from "../../lib/predictions/prediction-state";
import { gamesOn, type ScheduledGame } from "../season/season";
import { type FinishedMl, runMl } from "../testing/run-ml";
import { createThrowawayWarehouse, type ThrowawayWarehouse } from "../testing/throwaway-warehouse";
import { insertRows } from "../warehouse/insert-rows";
import { featureRow } from "../warehouse/prediction-rows";
import { seedLookups } from "../warehouse/seed-snapshots";

const TODAY = utcDate(new Date());
const GAMES = firstDateWithGames();

let warehouse: ThrowawayWarehouse;

beforeAll(async () => {
  warehouse = await createThrowawayWarehouse();
}, 20_000);

beforeEach(async () => {
  await warehouse.admin.query(
    "truncate gold.feature_flags, bronze.internal_team_attributes, gold.ml_game_predictions, silver.ml_game_features",
  );
  await seedLookups(warehouse.admin, "2024-10-01");
  await insertRows(warehouse.admin, "silver.ml_game_features", GAMES.map(featureRow));
});

afterAll(async () => {
  await warehouse?.drop();
});

/** Some date's games, as if they were today's. */
function firstDateWithGames(): ScheduledGame[] {
  for (let day = 0; day < 20; day++) {
    const games = gamesOn(addDays(TODAY, -day), TODAY);
    if (games.length >= 3) return games.map((game) => ({ ...game, date: TODAY }));
  }
  throw new Error("no date of the last 20 has three games");
}

async function predictions() {
  const { rows } = await warehouse.admin.query<{
    game: string;
    date: string;
    home: number;
    away: number;
    created: string;
    modified: string;
  }>(`select away_team || ' @ ' || home_team as game, game_date::text as date,
    home_team_predicted_win_pct::float8 as home, away_team_predicted_win_pct::float8 as away,
    created_at::text as created, modified_at::text as modified
    from gold.ml_game_predictions order by home_team`);
  return rows;
}

/** Why it did not predict, as the console reads it from the log. */
function reasonIn({ stderr }: FinishedMl): string | null {
  const explanation = stderr
    .split("\n")
    .reduce<ReturnType<typeof explainMl>>((known, text, seq) => explainMl(known, { seq, text }), null);
  return explanation && mlReasonOfLine(explanation.text);
}

const run = () => runMl(warehouse.pipelineUrl);
const change = (sql: string, values?: unknown[]) => warehouse.admin.query(sql, values);

describe("today's games in the feature table", () => {
  it("are predicted, with chances that add up to 1, and the log gives no reason why not", async () => {
    const finished = await run();
    expect(finished).toMatchObject({ code: 0, stdout: `Predicted ${GAMES.length} games of ${TODAY}\n` });
    expect(finished.stderr).toMatch(/^\[INFO\] \d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} Starting/m);
    expect(reasonIn(finished)).toBeNull();
    const rows = await predictions();
    expect(rows.map(({ game }) => game).sort()).toEqual(
      GAMES.map(({ away, home }) => `${away.name} @ ${home.name}`).sort(),
    );
    for (const { home, away, date } of rows) {
      expect(date).toBe(TODAY);
      expect(home).toBeGreaterThan(0);
      expect(home).toBeLessThan(1);
      expect(home + away).toBeCloseTo(1, 9);
    }
  });

  it("are predicted anew by a second run, which moves neither time of a known row", async () => {
    await run();
    const before = await predictions();
    await change("update silver.ml_game_features set home_team_win_pct = 0.95, away_team_win_pct = 0.05");
    expect((await run()).code).toBe(0);
    const after = await predictions();
    expect(after.map(({ created, modified }) => [created, modified])).toEqual(
      before.map(({ created, modified }) => [created, modified]),
    );
    expect(after.every(({ home }, index) => home > (before[index]?.home ?? 1))).toBe(true);
  });

  it("go into a table whose dates are text and that has no times", async () => {
    await change(
      `alter table gold.ml_game_predictions alter game_date type text, drop created_at, drop modified_at`,
    );
    try {
      expect((await run()).code).toBe(0);
      expect((await run()).code).toBe(0);
      const { rows } = await warehouse.admin.query(
        "select game_date, count(*)::int as games from gold.ml_game_predictions group by 1",
      );
      expect(rows).toEqual([{ game_date: TODAY, games: GAMES.length }]);
    } finally {
      await change(`alter table gold.ml_game_predictions alter game_date type date using game_date::date,
        add created_at timestamp, add modified_at timestamp`);
    }
  });

  it("may lack odds and features", async () => {
    await change(
      "update silver.ml_game_features set home_moneyline = null, home_days_rest = null, away_team_win_pct = null",
    );
    expect((await run()).code).toBe(0);
    expect(await predictions()).toHaveLength(GAMES.length);
  });
});

describe("its traps", () => {
  it.each([
    ["the flag is off", "update gold.feature_flags set is_enabled = 0 where flag = 'season'", "flag-off"],
    ["the flag is missing", "delete from gold.feature_flags where flag = 'season'", "flag-missing"],
    ["the feature table is empty", "truncate silver.ml_game_features", "features-empty"],
    [
      "the feature table is of another date",
      "update silver.ml_game_features set game_date = game_date - 1",
      "date-mismatch",
    ],
    [
      "the feature table is of two dates",
      "update silver.ml_game_features set game_date = game_date - 1 where ctid = (select min(ctid) from silver.ml_game_features)",
      "date-mismatch",
    ],
  ])("exits 0 and predicts nothing when %s", async (_, sql, reason) => {
    await change(sql);
    const finished = await run();
    expect(finished).toMatchObject({ code: 0, stdout: "" });
    expect(reasonIn(finished)).toBe(reason);
    expect(await predictions()).toEqual([]);
  });

  it("says Date mismatch and warns of an empty table in these words", async () => {
    await change("update silver.ml_game_features set game_date = game_date - 1");
    expect((await run()).stderr).toMatch(/^\[WARNING\] .* Date mismatch: /m);
    await change("truncate silver.ml_game_features");
    expect((await run()).stderr).toMatch(/^\[WARNING\] .* is empty/m);
  });

  it("exits 1 and writes nothing when a game is there twice", async () => {
    await change("insert into silver.ml_game_features select * from silver.ml_game_features limit 1");
    const finished = await run();
    expect(finished).toMatchObject({ code: 1, stdout: "" });
    expect(finished.stderr).toContain(`Duplicate rows in the predictions: ${GAMES[0]?.home.name} ${TODAY}`);
    expect(reasonIn(finished)).toBe("duplicates");
    expect(await predictions()).toEqual([]);
  });

  it("ends with a traceback when the feature table does not exist", async () => {
    await change("alter table silver.ml_game_features rename to gone");
    try {
      const finished = await run();
      expect(finished.code).toBe(1);
      expect(reasonIn(finished)).toBe("features-missing");
    } finally {
      await change("alter table silver.gone rename to ml_game_features");
    }
  });
});
