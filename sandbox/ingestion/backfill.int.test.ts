import type { Server } from "node:http";
import { Client } from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { gameKey, gamesOn, type ScheduledGame } from "../season/season";
import { NO_FAULTS } from "../stats-source/control-state";
import { type ControlStore, openControlStore } from "../stats-source/control-store";
import { createStatsSource } from "../stats-source/stats-source";
import { type FinishedBackfill, type RunningBackfill, startBackfill } from "../testing/run-backfill";
import { createThrowawayWarehouse, type ThrowawayWarehouse } from "../testing/throwaway-warehouse";
import { seedLookups } from "../warehouse/seed-snapshots";

const ANCHOR = "2025-02-10";
const WAIT = { timeout: 10_000, interval: 20 };

let warehouse: ThrowawayWarehouse;
let control: ControlStore;
let source: Server;
let statsSourceUrl: string;
const running: RunningBackfill[] = [];

beforeAll(async () => {
  warehouse = await createThrowawayWarehouse();
  await seedLookups(warehouse.admin, "2024-10-01");
  control = openControlStore(undefined);
  source = createStatsSource({ anchorDate: ANCHOR, control });
  await new Promise<void>((resolve) => source.listen(0, "127.0.0.1", resolve));
  const address = source.address();
  if (address === null || typeof address === "string") throw new Error("not listening on a port");
  statsSourceUrl = `http://127.0.0.1:${address.port}`;
}, 20_000);

afterEach(async () => {
  control.set(NO_FAULTS);
  for (const { child } of running.splice(0)) child.kill("SIGKILL");
  await warehouse.admin.query("truncate bronze.bbref_player_boxscores, bronze.bbref_player_pbp");
  await warehouse.admin.query("truncate gold.feature_flags, bronze.internal_team_attributes");
  await seedLookups(warehouse.admin, "2024-10-01");
});

afterAll(async () => {
  source?.close();
  await warehouse?.drop();
});

/** A date with at least that many games. */
function dateWith(least: number): { date: string; games: ScheduledGame[] } {
  for (const date of ["2025-02-03", "2025-02-04", "2025-02-05", "2025-02-06", "2025-02-07"]) {
    const games = gamesOn(date, ANCHOR);
    if (games.length >= least) return { date, games };
  }
  throw new Error(`no date has ${least} games`);
}

function start(date: string, sessionName?: string): RunningBackfill {
  const backfill = startBackfill(date, { warehouseUrl: warehouse.pipelineUrl, statsSourceUrl, sessionName });
  running.push(backfill);
  return backfill;
}

const backfill = (date: string): Promise<FinishedBackfill> => start(date).finished;

async function gamesIn(table: "boxscores" | "pbp", date: string): Promise<string[]> {
  const sql =
    table === "boxscores"
      ? `select distinct opponent || '@' || team as game from bronze.bbref_player_boxscores
         where location = 'H' and date::date = $1`
      : "select distinct awayteam || '@' || hometeam as game from bronze.bbref_player_pbp where date = $1";
  const { rows } = await warehouse.admin.query<{ game: string }>(sql, [date]);
  return rows.map((row) => row.game).sort();
}

const keys = (games: ScheduledGame[]) => games.map(gameKey).sort();

describe("what the source has", () => {
  const { date, games } = dateWith(4);

  it("makes a date whole, says so, and writes the same rows again with a new modified_at only", async () => {
    const first = await backfill(date);
    expect(first).toMatchObject({ code: 0 });
    expect(first.stdout).toBe(`Running Backfill for ${date}\nBackfill for ${date} complete\n`);
    expect(first.stderr).toMatch(
      /^\[INFO\] \d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} Retrieving 16 Feature Flags$/m,
    );
    expect(first.stderr).toMatch(/Box Score Transformation Function Successful, retrieving \d+ rows for/);
    expect(first.stderr).toMatch(/get_boxscores_data took \d+\.\d\d seconds/);
    expect(await gamesIn("boxscores", date)).toEqual(keys(games));
    expect(await gamesIn("pbp", date)).toEqual(keys(games));

    const totals = `
      select count(*)::int as rows, max(created_at)::text as created, min(modified_at)::text as modified
      from bronze.bbref_player_`;
    const read = async (table: string) => (await warehouse.admin.query(totals + table)).rows[0];
    const before = { boxscores: await read("boxscores"), pbp: await read("pbp") };
    expect((await backfill(date)).code).toBe(0);
    for (const table of ["boxscores", "pbp"] as const) {
      const after = await read(table);
      expect(after).toMatchObject({ rows: before[table].rows, created: before[table].created });
      expect(after.modified > before[table].modified).toBe(true);
    }
  });

  it("writes nothing and exits 0 when the source is late", async () => {
    control.set({ ...NO_FAULTS, dates: { [date]: { late: true, failPages: [] } } });
    const { code, stderr } = await backfill(date);
    expect(code).toBe(0);
    expect(stderr).toContain(`Box Scores Function Failed, Box Scores aren't available yet for ${date}`);
    expect(await gamesIn("boxscores", date)).toEqual([]);
  });

  it("writes the part that is listed", async () => {
    control.set({ ...NO_FAULTS, dates: { [date]: { late: false, partial: 3, failPages: [] } } });
    expect((await backfill(date)).code).toBe(0);
    expect(await gamesIn("boxscores", date)).toEqual(keys(games.slice(0, 3)));
    expect(await gamesIn("pbp", date)).toEqual(keys(games.slice(0, 3)));
  });

  it("loses all plays to one page that fails", async () => {
    const failPages = [{ game: 2, status: 404 as const }];
    control.set({ ...NO_FAULTS, dates: { [date]: { late: false, failPages } } });
    const { code, stderr } = await backfill(date);
    expect(code).toBe(0);
    expect(stderr).toContain("PBP Transformation Function Logic Failed, HTTP Error 404: Not Found");
    expect(await gamesIn("boxscores", date)).toEqual(keys(games));
    expect(await gamesIn("pbp", date)).toEqual([]);
  });

  it("says when a date has no games", async () => {
    const { code, stderr } = await backfill("2024-07-01");
    expect(code).toBe(0);
    expect(stderr).toContain("[WARNING]");
    expect(stderr).toContain("Box Scores Function Warning, no games played on 2024-07-01");
  });

  it.each([
    ["cuts the connection", { down: "destroy" as const }, "Box Scores Function Failed, "],
    ["answers 503", { down: "503" as const }, "Box Scores Function Failed, HTTP Error 503"],
    ["limits after two pages", { rateLimit: 2 }, "PBP Transformation Function Logic Failed, HTTP Error 429"],
  ])("logs and swallows that the source %s", async (_, faults, line) => {
    const fresh = createStatsSource({ anchorDate: ANCHOR, control });
    await new Promise<void>((resolve) => fresh.listen(0, "127.0.0.1", resolve));
    try {
      const address = fresh.address();
      if (address === null || typeof address === "string") throw new Error("not listening on a port");
      control.set({ ...NO_FAULTS, ...faults });
      const { code, stderr } = await startBackfill(date, {
        warehouseUrl: warehouse.pipelineUrl,
        statsSourceUrl: `http://127.0.0.1:${address.port}`,
      }).finished;
      expect(code).toBe(0);
      expect(stderr).toContain(line);
      expect(await gamesIn("pbp", date)).toEqual([]);
    } finally {
      fresh.close();
    }
  });

  it.each(["2025-02-30", "2025-W01-1", "20250201", "yesterday"])("refuses the date %s", async (text) => {
    const { code, stderr } = await backfill(text);
    expect(code).toBe(2);
    expect(stderr).toContain("argument --run_date: invalid");
  });
});

describe("feature flags", () => {
  const { date, games } = dateWith(2);
  const setFlag = (sql: string) => warehouse.admin.query(`${sql} where flag = 'boxscores' or flag = 'pbp'`);

  it("skips everything when box scores are off", async () => {
    await warehouse.admin.query("update gold.feature_flags set is_enabled = 0 where flag = 'boxscores'");
    expect((await backfill(date)).code).toBe(0);
    expect(await gamesIn("boxscores", date)).toEqual([]);
    expect(await gamesIn("pbp", date)).toEqual([]);
  });

  it("skips plays when they are off", async () => {
    await warehouse.admin.query("update gold.feature_flags set is_enabled = 0 where flag = 'pbp'");
    expect((await backfill(date)).code).toBe(0);
    expect(await gamesIn("boxscores", date)).toEqual(keys(games));
    expect(await gamesIn("pbp", date)).toEqual([]);
  });

  it("raises for a flag that is missing", async () => {
    await setFlag("delete from gold.feature_flags");
    const { code, stderr } = await backfill(date);
    expect(code).toBe(1);
    expect(stderr).toContain("Traceback");
    expect(stderr).toContain("no row for the flag 'boxscores'");
  });
});

describe("its locks", () => {
  const { date, games } = dateWith(2);

  async function waitForLock(sessionName: string): Promise<void> {
    await vi.waitFor(async () => {
      const { rows } = await warehouse.admin.query(
        "select 1 from pg_stat_activity where application_name = $1 and wait_event_type = 'Lock'",
        [sessionName],
      );
      expect(rows).toHaveLength(1);
    }, WAIT);
  }

  async function waitForEnd(sessionName: string): Promise<void> {
    await vi.waitFor(async () => {
      const sql = "select 1 from pg_stat_activity where application_name = $1";
      expect((await warehouse.admin.query(sql, [sessionName])).rows).toEqual([]);
    }, WAIT);
  }

  async function whileReading(table: string, work: (reader: Client) => Promise<void>): Promise<void> {
    const reader = new Client({ connectionString: warehouse.readerUrl });
    await reader.connect();
    try {
      await reader.query("begin");
      await reader.query(`select 1 from ${table} limit 1`);
      await work(reader);
    } finally {
      await reader.end();
    }
  }

  it("waits for a reader, makes later readers wait, and then writes", async () => {
    await whileReading("bronze.bbref_player_boxscores", async (reader) => {
      const { finished } = start(date, "sandbox-held-up");
      await waitForLock("sandbox-held-up");
      const later = new Client({ connectionString: warehouse.readerUrl });
      await later.connect();
      await later.query("set lock_timeout = '50ms'");
      await expect(later.query("select 1 from bronze.bbref_player_boxscores limit 1")).rejects.toThrow(
        "lock timeout",
      );
      await later.end();
      await reader.query("commit");
      expect((await finished).code).toBe(0);
    });
    expect(await gamesIn("boxscores", date)).toEqual(keys(games));
  });

  it("leaves nothing of a table in whose write it is killed", async () => {
    await whileReading("bronze.bbref_player_pbp", async (reader) => {
      const { child, finished } = start(date, "sandbox-killed");
      await waitForLock("sandbox-killed");
      child.kill("SIGKILL");
      expect((await finished).signal).toBe("SIGKILL");
      await reader.query("commit");
    });
    await waitForEnd("sandbox-killed");
    expect(await gamesIn("boxscores", date)).toEqual(keys(games));
    expect(await gamesIn("pbp", date)).toEqual([]);
    const { rows } = await warehouse.admin.query(
      "select conname from pg_constraint where conname = 'bbref_player_pbp_unique'",
    );
    expect(rows).toHaveLength(1);
  });
});
