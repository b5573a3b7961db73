import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { v7 as uuidv7 } from "uuid";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { CreateRunsRequest } from "@/lib/contracts/runs";
import { listNodeResults } from "@/lib/dbt-results/list-node-results";
import { findProcessesOfRun } from "@/lib/executors/processes-of-run";
import { easternDate } from "@/lib/game-date";
import { requireTestService } from "@/lib/testing/throwaway-database";
import { type DbtConsole, openDbtConsole } from "@/sandbox/testing/dbt-console";
import { createThrowawayWarehouse, type ThrowawayWarehouse } from "@/sandbox/testing/throwaway-warehouse";
import { seedWarehouse } from "@/sandbox/warehouse/seed";

const BUILD_MS = 240_000;
const SLEEPY = { DBT_ENV_SANDBOX_DBT_SLEEP_SECONDS: "600" };
const now = new Date();

let warehouse: ThrowawayWarehouse;
let desk: DbtConsole;

beforeAll(async () => {
  warehouse = await createThrowawayWarehouse();
  await seedWarehouse({ client: warehouse.admin, now, anchorDate: easternDate(now) });
  desk = await openDbtConsole(warehouse);
  // Every model of the project is there, and nothing that the seed has doubled fails a test.
  const everything = await desk.order(
    { fullRefresh: true },
    { confirm: "nba_warehouse", reason: "to begin with" },
  );
  expect(await desk.ended(everything)).toMatchObject({ state: "succeeded" });
}, BUILD_MS);

afterAll(async () => {
  await desk?.close();
  await warehouse?.drop();
});

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});

/** Sessions of that name in the warehouse, and what they do. */
async function sessionsNamed(name: string): Promise<string[]> {
  const { rows } = await warehouse.admin.query<{ query: string }>(
    "select query from pg_stat_activity where application_name = $1 and datname = current_database()",
    [name],
  );
  return rows.map(({ query }) => query);
}

async function openSession(name: string, statement = "select 1"): Promise<Client> {
  const client = new Client({ connectionString: warehouse.pipelineUrl, application_name: name });
  client.on("error", () => undefined);
  await client.connect();
  cleanUps.push(() => client.end().catch(() => undefined));
  client.query(statement).catch(() => undefined);
  return client;
}

async function untilAsleep(id: string): Promise<void> {
  await desk.until(id, async () =>
    (await sessionsNamed(`backcourt-${id}`)).some((query) => query.includes("pg_sleep(600")),
  );
}

const runFolders = () => readdirSync(join(desk.stateFolder, "runs"));

describe("a build that is cancelled", { timeout: BUILD_MS }, () => {
  it("leaves no session, no process and no folder, and can be run again at once", async () => {
    const profile = readFileSync(join(desk.checkout.profilesFolder, "profiles.yml"), "utf8");
    const files = readdirSync(desk.checkout.folder).sort();
    await desk.configure(SLEEPY);
    const id = await desk.order({ select: ["team_stats", "player_stats"] });
    await untilAsleep(id);
    const running = await desk.until(id, ({ progress }) =>
      JSON.stringify(progress).includes('"name":"player_stats"'),
    );
    expect(running.progress).toMatchObject({ kind: "dbt", total: 4, failed: 0 });
    expect(await listNodeResults(desk.db, id)).toContainEqual(
      expect.objectContaining({ name: "player_stats", status: "running", seconds: null }),
    );
    await desk.cancel(id);
    const run = await desk.ended(id);
    expect(run, run.text).toMatchObject({ state: "cancelled" });
    expect(await sessionsNamed(`backcourt-${id}`)).toEqual([]);
    expect(findProcessesOfRun(id)).toEqual([]);
    // A run's folder goes once its record stands.
    await vi.waitFor(() => expect(runFolders()).toEqual([]), { timeout: 10_000 });
    expect(readFileSync(join(desk.checkout.profilesFolder, "profiles.yml"), "utf8")).toBe(profile);
    expect(readdirSync(desk.checkout.folder).sort()).toEqual(files);
    expect(await listNodeResults(desk.db, id)).toContainEqual(
      expect.objectContaining({ name: "player_stats", status: "cancelled" }),
    );
    expect((await desk.receipt(id)).unfinished).toContain("player_stats");

    await desk.configure({});
    const again = await desk.ended(await desk.order({ select: ["team_stats", "player_stats"] }));
    expect(again, again.text).toMatchObject({ state: "succeeded", exitCode: 0 });
    expect(again.outcome).toBe("2 models built, 2 tests passed");
  });

  it("has its SQL ended also when dbt heeds no signal and has to be killed", async () => {
    const deaf = [
      requireTestService("BACKCOURT_TEST_PYTHON"),
      "-c",
      "import os, signal, sys\nfor s in (signal.SIGINT, signal.SIGTERM): signal.signal(s, signal.SIG_IGN)\nos.execv(sys.argv[1], sys.argv[1:])",
      requireTestService("BACKCOURT_TEST_DBT"),
    ];
    await desk.configure({ ...SLEEPY, DBT_COMMAND: JSON.stringify(deaf) });
    const id = await desk.order({ select: ["player_stats"] });
    await untilAsleep(id);
    await desk.cancel(id);
    const run = await desk.ended(id);
    expect(run, run.text).toMatchObject({ state: "cancelled", signal: "SIGKILL" });
    expect(run.text).toContain("ended 1 of its sessions in the warehouse");
    expect(await sessionsNamed(`backcourt-${id}`)).toEqual([]);
  });
});

describe("what a lost worker left running", { timeout: BUILD_MS }, () => {
  it("is ended before the next build starts", async () => {
    await desk.configure({});
    const lost = uuidv7();
    const { id: _, ...like } = await desk.db.run.findFirstOrThrow({ where: { kind: "dbt" } });
    await desk.db.run.create({
      data: {
        ...(like as Parameters<typeof desk.db.run.create>[0]["data"]),
        id: lost,
        state: "interrupted",
        finishedAt: new Date(),
        idempotencyKey: null,
        receipt: undefined,
        progress: undefined,
        measuredBefore: undefined,
        handle: undefined,
      },
    });
    const orphan = spawn("sleep", ["600"], {
      env: { BACKCOURT_RUN_ID: lost, PATH: process.env.PATH ?? "", NODE_ENV: "test" },
    });
    cleanUps.push(() => orphan.kill("SIGKILL"));
    const died = new Promise((resolve) => orphan.once("exit", (_code, signal) => resolve(signal)));
    await openSession(`backcourt-${lost}`, "select pg_sleep(600)");
    await vi.waitFor(async () => expect(await sessionsNamed(`backcourt-${lost}`)).toHaveLength(1));
    const run = await desk.ended(await desk.order({ select: ["team_colors"] }));
    expect(run, run.text).toMatchObject({ state: "succeeded" });
    // A worker that has just started may have ended the process already.
    expect(run.text).toMatch(/whose worker was lost, was still at work: ended [01] processes, 1 sessions/);
    expect(await died).toMatch(/^SIG(INT|KILL)$/);
    expect(await sessionsNamed(`backcourt-${lost}`)).toEqual([]);
  });
});

describe("somebody else's build", { timeout: BUILD_MS }, () => {
  it("holds ours until it is over, unless its operator overrides that", async () => {
    await desk.configure({});
    const foreign = await openSession("dbt");
    const order: CreateRunsRequest = {
      kind: "dbt",
      params: [{ select: ["team_colors"], fullRefresh: false }],
      overrideDailyRun: false,
    };
    expect((await desk.preview(order)).warnings).toMatchObject([
      { code: "foreign-build", text: expect.stringContaining("this waits until it has ended") },
    ]);
    const held = await desk.order({ select: ["team_colors"] });
    expect(await desk.waiting(held)).toMatchObject({ for: "foreign-build" });
    const overridden = await desk.order({ select: ["dim_teams"] }, { overrideDailyRun: true });
    expect(await desk.ended(overridden)).toMatchObject({ state: "succeeded" });
    // The lock was free twice since it was ordered, and it was looked at each time.
    expect(await desk.run(held)).toMatchObject({ state: "queued", attempt: 0 });
    expect(await desk.waiting(held)).toMatchObject({ for: "foreign-build" });
    await foreign.end();
    expect(await desk.ended(held)).toMatchObject({ state: "succeeded" });
  });
});
