import { Client } from "pg";
import { v7 as uuidv7 } from "uuid";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { DBT_PROJECT_KEY, dbtStatusSchema } from "@/lib/contracts/dbt";
import { createDb, type Db } from "@/lib/db";
import type { WakeEvent } from "@/lib/events/channel";
import {
  createConsoleDatabase,
  createThrowawayDatabase,
  type ThrowawayDatabase,
} from "@/lib/testing/throwaway-database";
import { createWarehousePool, type WarehousePool } from "@/lib/warehouse/warehouse-pool";
import { getDbtStatus } from "./get-dbt-status";
import type { LoadedProject } from "./load-project";
import { readObservedProject } from "./observed-project";
import { publishProject } from "./publish-project";
import { sampleRunbookProject } from "./testing/sample-project";

let consoleDatabase: ThrowawayDatabase;
let warehouseDatabase: ThrowawayDatabase;
let db: Db;
let warehouse: WarehousePool;
let announced: WakeEvent[];
const sessions: Client[] = [];

beforeAll(async () => {
  consoleDatabase = await createConsoleDatabase();
  warehouseDatabase = await createThrowawayDatabase("warehouse");
  db = createDb(consoleDatabase.url, "dbt-status-test");
  warehouse = createWarehousePool(warehouseDatabase.url);
});
afterAll(async () => {
  await warehouse?.end();
  await db?.$disconnect();
  await warehouseDatabase?.drop();
  await consoleDatabase?.drop();
});
beforeEach(async () => {
  announced = [];
  await db.observation.deleteMany();
  await db.run.deleteMany();
});
afterEach(async () => {
  await Promise.all(sessions.splice(0).map((session) => session.end()));
});

function status(isConfigured = true) {
  const announce = async (event: WakeEvent) => announced.push(event) > 0;
  return getDbtStatus({ db, warehouse, announce, isConfigured }).then((answer) =>
    dbtStatusSchema.parse(answer),
  );
}

function loaded(changes: Partial<LoadedProject> = {}): LoadedProject {
  return { project: sampleRunbookProject(), outdated: null, contentHash: "1", ...changes };
}

/** A session in the warehouse as dbt opens one. */
async function openSession(applicationName: string, url = warehouseDatabase.url): Promise<void> {
  const session = new Client({ connectionString: url, application_name: applicationName });
  await session.connect();
  sessions.push(session);
}

async function letChecksAge(minutes: number): Promise<void> {
  await db.$executeRaw`update backcourt.observation set checked_at = checked_at - ${minutes} * interval '1 minute'`;
}

describe("the dbt project as workers see it", () => {
  it("is not known before a worker has looked, and asking wakes the workers", async () => {
    expect(await status()).toMatchObject({
      project: null,
      problem: expect.stringContaining("No worker has looked at the dbt project yet"),
      observedAt: null,
      worker: null,
      stale: false,
      foreignBuild: null,
      foreignBuildUnknown: null,
      usualTimes: {},
    });
    expect(announced).toEqual([{ type: "observe", key: DBT_PROJECT_KEY }]);
    expect(await status(false)).toMatchObject({ problem: expect.stringContaining("Set DBT_CWD") });
    expect(announced).toHaveLength(1);
  });

  it("is shown once it is published, and only a change is news", async () => {
    expect(await publishProject(db, "worker-1", { loaded: loaded() })).toBe(true);
    const first = await status();
    expect(first).toMatchObject({ problem: null, worker: "worker-1", stale: false });
    expect(first.project).toEqual(sampleRunbookProject());
    expect(first.presets.map(({ unavailable }) => unavailable)).toEqual([null, null, null]);

    await letChecksAge(2);
    expect(await publishProject(db, "worker-2", { loaded: loaded() })).toBe(false);
    expect(await status()).toMatchObject({ worker: "worker-2", stale: false });
    expect(await publishProject(db, "worker-2", { loaded: loaded({ contentHash: "2" }) })).toBe(true);
  });

  it("stays on screen, called old, while it cannot be read, or nobody looks", async () => {
    await publishProject(db, "worker-1", { loaded: loaded() });
    expect(await publishProject(db, "worker-1", { problem: "dbt parse failed" })).toBe(true);
    expect(await publishProject(db, "worker-1", { problem: "dbt parse failed" })).toBe(false);
    expect(await readObservedProject(db)).toMatchObject({
      project: { projectName: "nba" },
      problem: "dbt parse failed",
      stale: true,
    });
    expect(await publishProject(db, "worker-1", { loaded: loaded() })).toBe(true);
    expect(await readObservedProject(db)).toMatchObject({ problem: null, stale: false });

    await publishProject(db, "worker-1", { loaded: loaded({ outdated: "it is of yesterday" }) });
    expect(await readObservedProject(db)).toMatchObject({ problem: "it is of yesterday", stale: true });

    await publishProject(db, "worker-1", { loaded: loaded() });
    await letChecksAge(5);
    expect(await readObservedProject(db)).toMatchObject({
      stale: true,
      problem:
        "No worker has looked at the dbt project for 5 min; worker-1 was the last. Start a worker that has DBT_CWD set.",
    });
  });

  it("is not covered up by a worker that sees none, as long as another one sees it", async () => {
    await publishProject(db, "worker-1", { loaded: loaded() });
    expect(await publishProject(db, "worker-2", { problem: "no dbt here" })).toBe(false);
    expect(await readObservedProject(db)).toMatchObject({ problem: null, worker: "worker-1" });
    await letChecksAge(3);
    expect(await publishProject(db, "worker-2", { problem: "no dbt here" })).toBe(true);
    expect(await readObservedProject(db)).toMatchObject({ problem: "no dbt here", worker: "worker-2" });
  });

  it("is not taken from another version of Backcourt", async () => {
    await publishProject(db, "worker-1", { loaded: loaded() });
    await db.observation.update({ where: { key: DBT_PROJECT_KEY }, data: { value: { nodes: [] } } });
    expect(await readObservedProject(db)).toMatchObject({
      project: null,
      problem: expect.stringContaining("another version of Backcourt"),
      stale: false,
    });
  });
});

describe("foreign builds", () => {
  it("are sessions named dbt in this warehouse; ours, and those of other databases, are not", async () => {
    await openSession(`backcourt-${uuidv7()}`);
    await openSession("dbt", consoleDatabase.url);
    await openSession("psql");
    expect(await status()).toMatchObject({ foreignBuild: null, foreignBuildUnknown: null });
    await openSession("dbt");
    await openSession("dbt");
    expect((await status()).foreignBuild).toMatchObject({
      sessions: 2,
      since: expect.any(String),
      users: [new URL(warehouseDatabase.url).username],
    });
  });

  it("are seen by a role that may see nothing else of them", async () => {
    const admin = new Client({ connectionString: warehouseDatabase.url });
    await admin.connect();
    sessions.push(admin);
    const role = `onlooker_${Date.now()}`;
    await admin.query(`create role ${role} login password 'onlooker'`);
    const url = new URL(warehouseDatabase.url);
    [url.username, url.password] = [role, "onlooker"];
    const onlooker = createWarehousePool(url.href);
    await openSession("dbt");
    try {
      const answer = await getDbtStatus({
        db,
        warehouse: onlooker,
        announce: async () => true,
        isConfigured: true,
      });
      expect(answer.foreignBuild).toMatchObject({ sessions: 1, since: null });
    } finally {
      await onlooker.end();
      await admin.query(`drop role ${role}`);
    }
  });

  it("are unknown where the warehouse does not answer, and the rest is shown", async () => {
    const gone = createWarehousePool("postgresql://nobody@127.0.0.1:1/none");
    await publishProject(db, "worker-1", { loaded: loaded() });
    const answer = await getDbtStatus({
      db,
      warehouse: gone,
      announce: async () => true,
      isConfigured: true,
    });
    await gone.end();
    expect(answer.foreignBuild).toBeNull();
    expect(answer.foreignBuildUnknown).toMatch(/does not answer/);
    expect(answer.project).not.toBeNull();
  });
});

describe("usual times", () => {
  async function addRun(
    seconds: number,
    changes: { fullRefresh?: boolean; status?: string; type?: string } = {},
  ) {
    const id = uuidv7();
    const uniqueId = changes.type === "test" ? "test.nba.t" : "model.nba.m";
    const run = {
      id,
      kind: "dbt",
      params: {},
      title: "dbt",
      argv: [],
      cwd: "/",
      lockKey: "dbt",
      targetKey: id,
    };
    await db.run.create({ data: { ...run, requestedBy: "ada", state: "succeeded" } });
    await db.dbtNodeResult.create({
      data: {
        runId: id,
        uniqueId,
        position: 0,
        name: "m",
        type: changes.type ?? "model",
        status: changes.status ?? "success",
        seconds,
        fullRefresh: changes.fullRefresh ?? false,
      },
    });
  }

  it("are the median of the last ten good runs, full refreshes apart", async () => {
    for (const seconds of [900, 900, 900]) await addRun(seconds);
    for (const seconds of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) await addRun(seconds);
    await addRun(500, { status: "error" });
    await addRun(500, { status: "skipped" });
    await addRun(60, { fullRefresh: true });
    await addRun(0.5, { type: "test", status: "fail" });
    expect((await status()).usualTimes).toEqual({
      "model.nba.m": {
        normal: { medianSeconds: 5.5, runs: 10 },
        fullRefresh: { medianSeconds: 60, runs: 1 },
      },
      "test.nba.t": { normal: { medianSeconds: 0.5, runs: 1 }, fullRefresh: null },
    });
  });
});
