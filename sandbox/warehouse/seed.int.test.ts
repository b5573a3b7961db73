import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addDays, datesFromTo } from "../../lib/game-date";
import { gameKey, gamesOn, seasonWindow } from "../season/season";
import { TEAMS } from "../season/teams";
import { createThrowawayWarehouse, type ThrowawayWarehouse } from "../testing/throwaway-warehouse";
import { isDue } from "./daily-run-times";
import { refreshSchedule, seededHoles, seedWarehouse } from "./seed";
import { type HoleKind, phantomOn } from "./seeded-holes";

const ANCHOR = "2025-02-12";
const NOW = new Date("2025-02-12T17:00:00Z");
const HOLES = seededHoles(NOW, ANCHOR);
const { first, last } = seasonWindow(ANCHOR);
const DUE_GAMES = datesFromTo(first, last)
  .filter((date) => isDue(date, NOW))
  .flatMap((date) => gamesOn(date, ANCHOR));

let warehouse: ThrowawayWarehouse;

beforeAll(async () => {
  warehouse = await createThrowawayWarehouse();
  await seedWarehouse({ client: warehouse.admin, now: NOW, anchorDate: ANCHOR });
}, 30_000);

afterAll(() => warehouse?.drop());

function hole(kind: HoleKind) {
  const found = HOLES.find((candidate) => candidate.kind === kind);
  if (found === undefined) throw new Error(`no date is ${kind}`);
  return found;
}

/** Every due game but those that the holes of these kinds name, as `2025-01-01 LAL@PHX`. */
function gamesWithout(...kinds: HoleKind[]): string[] {
  const lost = new Set(kinds.flatMap((kind) => hole(kind).games.map((game) => `${hole(kind).date} ${game}`)));
  return DUE_GAMES.map((game) => `${game.date} ${gameKey(game)}`)
    .filter((game) => !lost.has(game))
    .sort();
}

async function column(sql: string, parameters: unknown[] = []): Promise<string[]> {
  const answer = await warehouse.admin.query<{ value: string }>(sql, parameters);
  return answer.rows.map((row) => row.value).sort();
}

describe("bronze", () => {
  it("has both teams' box scores of every game but those of the holes", async () => {
    const games = await column(`
      select away.date::date || ' ' || away.team || '@' || away.opponent as value
      from (select distinct date, team, opponent from bronze.bbref_player_boxscores where location = 'A') away
      join (select distinct date, team from bronze.bbref_player_boxscores where location = 'H') home
        on home.date = away.date and home.team = away.opponent`);
    expect(games).toEqual(gamesWithout("late", "missing", "partial"));
  });

  it("has the plays of every game but those of the holes", async () => {
    const games = await column(`
      select distinct date || ' ' || awayteam || '@' || hometeam as value from bronze.bbref_player_pbp`);
    expect(games).toEqual(gamesWithout("late", "missing", "partial", "no-plays"));
  });

  it("has points that agree between box scores and plays", async () => {
    const apart = await column(`
      select p.date::text as value
      from (select date, hometeam, max(scorehome) as score from bronze.bbref_player_pbp group by 1, 2) p
      join (select date::date, team, sum(pts) as pts from bronze.bbref_player_boxscores group by 1, 2) b
        on b.date = p.date and b.team = p.hometeam
      where b.pts <> p.score`);
    expect(apart).toEqual([]);
  });
});

describe("the schedule", () => {
  const gamesOf = (date: string) =>
    column(
      `select away.team_acronym || '@' || home.team_acronym as value
       from bronze.bbref_league_schedule s
       join bronze.internal_team_attributes away on away.team = s.away_team
       join bronze.internal_team_attributes home on home.team = s.home_team
       where s.proper_date = $1`,
      [date],
    );
  const keysOn = (date: string) => gamesOn(date, ANCHOR).map(gameKey);

  it("lacks the unscheduled game and keeps the withdrawn one", async () => {
    const { date, games } = hole("unscheduled");
    expect(await gamesOf(date)).toEqual(
      keysOn(date)
        .filter((key) => !games.includes(key))
        .sort(),
    );
    const withdrawn = hole("withdrawn").date;
    const phantom = gameKey(phantomOn(withdrawn, ANCHOR));
    expect(await gamesOf(withdrawn)).toEqual([...keysOn(withdrawn), phantom].sort());
  });

  it("was refreshed up to each row's own date, but for the withdrawn one", async () => {
    const stopped = await column(`
      select proper_date::text as value from bronze.bbref_league_schedule
      where modified_at < least(proper_date + time '12:00', timestamp '2025-02-12 12:00')`);
    expect(stopped).toEqual([hole("withdrawn").date]);
  });
});

describe("silver", () => {
  it("has bronze's box scores as often as it should", async () => {
    const apart = await column(`
      select coalesce(b.date, s.date)::text as value
      from (select date::date, count(*) as rows from bronze.bbref_player_boxscores group by 1) b
      full join (select game_date as date, count(*) as rows from silver.fact_boxscores group by 1) s using (date)
      where b.rows is distinct from s.rows`);
    expect(apart).toEqual([hole("silver-doubled").date, hole("silver-absent").date].sort());
    const [doubled] = await column(
      `select (count(*) / count(distinct player))::text as value
       from silver.fact_boxscores where game_date = $1`,
      [hole("silver-doubled").date],
    );
    expect(doubled).toBe("2");
  });

  it("has plays wherever bronze has, but for the absent date", async () => {
    const games = await column(`
      select distinct game_date || ' ' || away_team || '@' || home_team as value from silver.fact_pbp_data`);
    expect(games).toEqual(gamesWithout("late", "missing", "partial", "no-plays", "silver-absent"));
  });

  it("is not behind bronze, and takes the late date as new", async () => {
    const [newer] = await column(`
      select count(*)::text as value from bronze.bbref_player_boxscores
      where modified_at > (select max(modified_at) from silver.fact_boxscores)`);
    expect(newer).toBe("0");
    const [newest] = await column("select max(game_date)::text as value from silver.fact_pbp_data");
    expect(newest && newest < hole("late").date).toBe(true);
  });
});

describe("predictions", () => {
  it("lack the holes' games", async () => {
    const nameOf = (acronym: string) => TEAMS.find((team) => team.acronym === acronym)?.name;
    for (const kind of ["predictions-gap", "predictions-today"] as const) {
      const { date, games } = hole(kind);
      const lacking = games.map((game) => nameOf(game.split("@")[1] ?? ""));
      const expected = gamesOn(date, ANCHOR).map((game) => game.home.name);
      const predicted = await column(
        "select home_team as value from gold.ml_game_predictions where game_date = $1",
        [date],
      );
      expect(predicted).toEqual(expected.filter((name) => !lacking.includes(name)).sort());
    }
    expect(await column("select home_team as value from silver.ml_game_features")).toEqual(
      gamesOn(ANCHOR, ANCHOR)
        .map((game) => game.home.name)
        .sort(),
    );
  });
});

describe("doing it again", () => {
  it("refuses to seed a second time", async () => {
    await expect(seedWarehouse({ client: warehouse.admin, now: NOW, anchorDate: ANCHOR })).rejects.toThrow(
      "holds a season already",
    );
  });

  it("refreshes the schedule as the daily runs in between would have", async () => {
    const later = { client: warehouse.admin, now: new Date("2025-02-15T11:00:00Z"), anchorDate: ANCHOR };
    expect(await refreshSchedule({ ...later, now: NOW })).toBe(0);
    const coming = datesFromTo("2025-02-13", last).flatMap((date) => gamesOn(date, ANCHOR));
    expect(await refreshSchedule(later)).toBe(coming.length);
    const stopped = await column(`
      select proper_date::text as value from bronze.bbref_league_schedule
      where modified_at <> least(proper_date + time '12:00', timestamp '2025-02-14 12:00')`);
    expect(stopped).toEqual([hole("withdrawn").date]);
    const slid = { ...later, now: new Date("2025-02-16T13:00:00Z"), anchorDate: addDays(ANCHOR, 4) };
    await refreshSchedule(slid);
    const [end] = await column("select max(proper_date)::text as value from silver.fact_schedule_data");
    expect(end && end > last).toBe(true);
  });
});

describe("the console's role", () => {
  it("reads everything and writes nothing", async () => {
    const reader = new Client({ connectionString: warehouse.readerUrl });
    await reader.connect();
    try {
      for (const table of [
        "bronze.bbref_player_pbp",
        "silver.fact_boxscores",
        "gold.schedule_tonights_games",
      ]) {
        await expect(reader.query(`select 1 from ${table} limit 1`)).resolves.toBeDefined();
      }
      await warehouse.admin.query("set role sandbox_test_pipeline");
      await warehouse.admin.query("create table gold.made_later (one integer)");
      await warehouse.admin.query("reset role");
      await expect(reader.query("select 1 from gold.made_later")).resolves.toBeDefined();
      await expect(reader.query("delete from gold.standings")).rejects.toThrow("read-only transaction");
      await reader.query("set default_transaction_read_only = off");
      await expect(reader.query("delete from gold.standings")).rejects.toThrow("permission denied");
    } finally {
      await reader.end();
    }
  });
});
