import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createThrowawayDatabase, type ThrowawayDatabase } from "@/lib/testing/throwaway-database";
import { type CoverageReader, createCoverageReader } from "./coverage-reader";
import { createWarehousePool, type WarehousePool } from "./warehouse-pool";

/** Dates as text in two spellings, no key, no index, no silver, no gold, no teams; columns that nobody asked for. */
const SCHEMA = `
create schema bronze;
create table bronze.bbref_league_schedule (
  "odd column" jsonb, home_team varchar(60), away_team varchar(60), start_time text, proper_date text,
  modified_at timestamptz
);
create table bronze.bbref_player_boxscores (
  extra integer, player text, team varchar(3), opponent varchar(3), location text, pts text, date text,
  modified_at timestamptz
);
create table bronze.bbref_player_pbp (
  hometeam text, awayteam text, date text, descriptionplayhome text, scrape_ts timestamptz
);
insert into bronze.bbref_league_schedule (away_team, home_team, start_time, proper_date, modified_at) values
  ('Los Angeles Lakers', 'Phoenix Suns', '7:30p', '2026-11-19', '2026-11-19 12:00+00'),
  ('Boston Celtics', 'New York Knicks', '7:30p', '2026-11-19', '2026-11-19 12:00+00'),
  ('Boston Celtics', 'New York Knicks', '7:30p', '2026-11-19 00:00:00', '2026-11-19 12:00+00'),
  ('Brooklyn Nets', 'Charlotte Hornets', '7:30p', '2026-11-20 00:00:00', '2026-11-20 12:00+00'),
  ('Denver Nuggets', 'Seattle SuperSonics', '7:30p', '2026-11-20', '2026-11-20 12:00+00'),
  ('Miami Heat', 'Orlando Magic', '7:30p', 'to be determined', '2026-11-20 12:00+00');
insert into bronze.bbref_player_boxscores (player, team, opponent, location, pts, date, modified_at)
select 'P' || n, team, opponent, location, '10', date, date::timestamptz + interval '1 day 12 hours'
from (values ('LAL', 'PHX', 'A', '2026-11-19'), ('PHX', 'LAL', 'H', '2026-11-19 00:00:00'),
  ('BKN', 'CHA', 'A', '2026-11-20'), ('CHA', 'BKN', 'H', '2026-11-20'),
  ('DEN', 'SEA', 'A', '2026-11-20'), ('SEA', 'DEN', 'H', '2026-11-20'),
  ('UTA', 'SAS', 'H', '2026-11-21'), ('SAS', 'UTA', 'A', '2026-11-21')) as t (team, opponent, location, date),
  generate_series(1, 12) n;
insert into bronze.bbref_player_boxscores (player, team, opponent, location, date) values ('P', 'LAL', 'PHX', 'A', 'yesterday');
insert into bronze.bbref_player_pbp (hometeam, awayteam, date)
select home, away, date from (values ('PHX', 'LAL', '2026-11-19'), ('CHA', 'BKN', '2026-11-20 00:00:00'),
  ('SEA', 'DEN', '2026-11-20'), ('MIA', 'ORL', '2026-11-18')) as t (home, away, date), generate_series(1, 90);
insert into bronze.bbref_player_pbp (hometeam, awayteam, date) values ('PHX', 'LAL', null), ('PHX', 'LAL', '19 Nov 2026');
`;

const NOW = new Date("2026-11-22T18:00:00Z");

let database: ThrowawayDatabase;
let admin: Client;
let pool: WarehousePool;
let reader: CoverageReader;

function openReader(now = () => NOW): CoverageReader {
  return createCoverageReader({ pool, now, listWaivers: async () => [] });
}

beforeAll(async () => {
  database = await createThrowawayDatabase("shape");
  admin = new Client({ connectionString: database.url });
  await admin.connect();
  await admin.query(SCHEMA);
  pool = createWarehousePool(database.url);
  reader = openReader();
});

afterAll(async () => {
  await reader?.idle();
  await pool?.end();
  await admin?.end();
  await database?.drop();
});

describe("a warehouse with text dates, no indexes and nothing but bronze", () => {
  it("is classified all the same, by bronze", async () => {
    const { dates, season, silverMeasured } = await reader.season(null);
    expect(season).toMatchObject({ id: "2026", firstDate: "2026-11-19", lastDate: "2026-11-20" });
    expect(silverMeasured).toEqual({ boxscores: false, pbp: false });
    expect(dates).toMatchObject([
      { date: "2026-11-18", state: "off", unscheduled: 1 },
      { date: "2026-11-19", state: "partial", expected: 2, boxscores: 1, pbp: 1, silver: null },
      { date: "2026-11-20", state: "whole", expected: 2, boxscores: 2, pbp: 2, silver: null },
      { date: "2026-11-21", state: "off", unscheduled: 1 },
    ]);
  });

  it("names what is missing, unknown and unreadable", async () => {
    await reader.season(null);
    await reader.idle();
    const { notices } = await reader.season(null);
    const said = (code: string) =>
      notices.filter((notice) => notice.code === code).map(({ message }) => message);
    expect(
      said("missing-table")
        .map((message) => message.split(" ")[0])
        .sort(),
    ).toEqual([
      "bronze.internal_team_attributes",
      "gold.feature_flags",
      "silver.fact_boxscores",
      "silver.fact_pbp_data",
    ]);
    expect(said("missing-column")).toEqual([
      expect.stringContaining("bronze.bbref_player_boxscores has no usable column pts"),
      expect.stringContaining("bronze.bbref_player_pbp has no usable column modified_at"),
    ]);
    expect(said("unknown-teams").join()).toContain("Seattle SuperSonics");
    expect(said("no-index").join()).toContain("bronze.bbref_player_pbp");
    expect(said("unreadable-dates")).toEqual([
      expect.stringContaining("bronze.bbref_league_schedule holds 1 row "),
      expect.stringContaining("bronze.bbref_player_boxscores holds 1 row "),
      expect.stringContaining("bronze.bbref_player_pbp holds 2 rows "),
    ]);
  });

  it("shows a date of both spellings game by game", async () => {
    const { games, summary } = await reader.date("2026-11-19");
    expect(summary.advice.text).toBe("1 of 2 games lacks box scores and play-by-play");
    expect(games).toMatchObject([
      {
        key: "LAL@PHX",
        away: { name: "Los Angeles Lakers" },
        boxscores: { present: true, awayRows: 12, homeRows: 12 },
        pbp: { present: true, rows: 90 },
        silverBoxscores: null,
        silverPbp: null,
        result: null,
      },
      { key: "BOS@NYK", boxscores: { present: false }, pbp: { present: false } },
    ]);
    expect((await reader.date("2026-11-18")).games.map(({ key }) => key)).toEqual(["ORL@MIA"]);
  });
});

describe("a schedule that grows between two looks", () => {
  it("is measured over its new range, with its new teams", async () => {
    const running = openReader();
    await running.season(null);
    await admin.query(`insert into bronze.bbref_league_schedule (away_team, home_team, start_time, proper_date)
      values ('Utah Jazz', 'Miami Heat', '7:30p', '2026-11-25')`);
    await admin.query(`insert into bronze.bbref_player_boxscores (player, team, opponent, location, date)
      values ('P', 'UTA', 'MIA', 'A', '2026-11-25'), ('P', 'MIA', 'UTA', 'H', '2026-11-25')`);
    try {
      const { dates } = await running.season(null);
      expect(dates.at(-1)).toMatchObject({ date: "2026-11-25", expected: 1, boxscores: 1 });
    } finally {
      await admin.query("delete from bronze.bbref_league_schedule where proper_date = '2026-11-25'");
      await admin.query("delete from bronze.bbref_player_boxscores where date = '2026-11-25'");
    }
  });
});

describe("typed otherwise", () => {
  it.each(["date", "timestamp", "timestamptz"])("%s gives the same answer", async (type) => {
    const tables = {
      bbref_player_boxscores: "date",
      bbref_player_pbp: "date",
      bbref_league_schedule: "proper_date",
    };
    const before = await openReader().season(null);
    for (const [table, column] of Object.entries(tables)) {
      await admin.query(`create table if not exists public.${table}_text as table bronze.${table}`);
      await admin.query(`delete from bronze.${table} where ${column} is null or ${column} !~ '^2026'`);
      await admin.query(`alter table bronze.${table} alter ${column} type ${type} using ${column}::${type}`);
    }
    try {
      const typed = await openReader().season(null);
      expect(typed.dates).toEqual(before.dates);
      await admin.query("create index plays on bronze.bbref_player_pbp (awayteam, hometeam, date)");
      await admin.query("create index scores on bronze.bbref_player_boxscores (date, team)");
      const indexed = openReader();
      await indexed.season(null);
      await indexed.idle();
      const swept = await indexed.season(null);
      expect(swept.dates).toEqual(before.dates);
      expect(swept.notices.map(({ code }) => code)).not.toContain("no-index");
      const day = await indexed.date("2026-11-19");
      expect(day.summary).toEqual(before.dates[1]);
    } finally {
      await admin.query("drop index if exists bronze.plays, bronze.scores");
      for (const [table, column] of Object.entries(tables)) {
        await admin.query(
          `alter table bronze.${table} alter ${column} type text using to_char(${column}, 'YYYY-MM-DD')`,
        );
        await admin.query(`truncate bronze.${table}`);
        await admin.query(`insert into bronze.${table} table public.${table}_text`);
      }
    }
  });
});

describe("bronze tables that are missing", () => {
  async function without(table: string, test: () => Promise<void>): Promise<void> {
    await admin.query(`alter table bronze.${table} rename to gone`);
    try {
      await test();
    } finally {
      await admin.query(`alter table bronze.gone rename to ${table}`);
    }
  }

  it("counts box scores as absent, and says why", () =>
    without("bbref_player_boxscores", async () => {
      const { dates, notices } = await openReader().season(null);
      expect(dates.find(({ date }) => date === "2026-11-20")).toMatchObject({
        state: "partial",
        boxscores: 0,
        pbp: 2,
      });
      expect(notices.map(({ message }) => message)).toContain(
        "bronze.bbref_player_boxscores does not exist: box scores count as absent.",
      );
      expect((await openReader().date("2026-11-20")).summary.state).toBe("partial");
    }));

  it("counts plays as absent, and says why", () =>
    without("bbref_player_pbp", async () => {
      const { dates, notices } = await openReader().season(null);
      expect(dates.find(({ date }) => date === "2026-11-20")).toMatchObject({
        state: "partial",
        boxscores: 2,
        pbp: 0,
      });
      expect(notices.map(({ message }) => message)).toContain(
        "bronze.bbref_player_pbp does not exist: plays count as absent.",
      );
    }));

  it("has no season without a schedule", () =>
    without("bbref_league_schedule", async () => {
      const answer = await openReader().season(null);
      expect(answer).toMatchObject({ season: null, seasons: [], dates: [], scheduleRefreshedAt: null });
      expect(answer.notices[0]?.message).toBe(
        "bronze.bbref_league_schedule does not exist: no season can be shown.",
      );
      expect((await openReader().date("2026-11-20")).summary).toMatchObject({ state: "off", unscheduled: 2 });
    }));

  it("notices within the same request that a table has gone, or lost a column", async () => {
    const running = openReader();
    await running.season(null);
    await without("bbref_player_pbp", async () => {
      expect((await running.season(null)).notices.map(({ code }) => code)).toContain("missing-table");
    });
    const other = openReader();
    await other.season(null);
    await admin.query("alter table bronze.bbref_league_schedule rename start_time to tip_off");
    try {
      const { dates, notices } = await other.season(null);
      expect(notices.map(({ message }) => message).join()).toContain("no usable column start_time");
      expect(dates.find(({ date }) => date === "2026-11-19")).toMatchObject({
        state: "partial",
        unplayed: 0,
      });
    } finally {
      await admin.query("alter table bronze.bbref_league_schedule rename tip_off to start_time");
    }
  });
});
