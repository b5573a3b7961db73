import { EventEmitter, once } from "node:events";
import pino from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { DASHBOARD_KEY, dashboardStateSchema } from "@/lib/contracts/dashboard";
import { dashboardTarget, getDashboardView } from "@/lib/dashboard/get-dashboard-view";
import { readMartTimes } from "@/lib/dashboard/read-marts";
import { createDb, type Db } from "@/lib/db";
import { parseWebEnv, parseWorkerEnv } from "@/lib/env";
import type { WakeEvent } from "@/lib/events/channel";
import { createRedactor } from "@/lib/logs/redact";
import { readObservation } from "@/lib/observations/read-observation";
import { TEST_AUTH_SECRET } from "@/lib/testing/signed-in";
import { createConsoleDatabase, type ThrowawayDatabase } from "@/lib/testing/throwaway-database";
import { createWarehousePool, type WarehousePool } from "@/lib/warehouse/warehouse-pool";
import { type SandboxDashboard, startSandboxDashboard } from "@/sandbox/testing/sandbox-dashboard";
import {
  REFRESH_TOKEN,
  SANDBOX_CREDENTIALS,
  SANDBOX_TARGET,
} from "@/sandbox/testing/sandbox-dashboard-names";
import { createDashboardAccess } from "./dashboard-access";
import { type DashboardObserver, type ObserverTiming, startDashboardObserver } from "./observe-dashboard";

const HOUR_MS = 3_600_000;

let database: ThrowawayDatabase;
let db: Db;
let sandbox: SandboxDashboard;
let warehouse: WarehousePool;
const observers: DashboardObserver[] = [];
/** Stands in for Redis: what is asked of workers, and what they announce. */
let events: EventEmitter;

beforeAll(async () => {
  for (const [name, value] of Object.entries(SANDBOX_CREDENTIALS)) vi.stubEnv(name, value);
  [database, sandbox] = await Promise.all([
    createConsoleDatabase(),
    startSandboxDashboard({ healthCheck: false }),
  ]);
  db = createDb(database.url, "dashboard-observer-test");
  warehouse = createWarehousePool(sandbox.warehouse.readerUrl);
});
beforeEach(async () => {
  events = new EventEmitter();
  await db.observation.deleteMany();
  await db.run.deleteMany();
  await sandbox.mend();
});
afterEach(async () => {
  for (const observer of observers.splice(0)) await observer.stop();
});
afterAll(async () => {
  await warehouse.end();
  await db.$disconnect();
  await Promise.all([database.drop(), sandbox.close()]);
  vi.unstubAllEnvs();
});

const shared = () => ({
  DATABASE_URL: database.url,
  WAREHOUSE_URL: sandbox.warehouse.readerUrl,
  REDIS_URL: "redis://127.0.0.1:1",
  DASHBOARD_REGION: SANDBOX_TARGET.region,
  DASHBOARD_CLUSTER: SANDBOX_TARGET.cluster,
  DASHBOARD_SERVICE: SANDBOX_TARGET.service,
});

function observe(timing: ObserverTiming, workerId = "w1"): void {
  const access = createDashboardAccess(
    parseWorkerEnv({
      ...shared(),
      DASHBOARD_ECS_ENDPOINT: sandbox.ecs.url,
      DASHBOARD_PAGE_URL: `${sandbox.ecs.pageUrl}/`,
      DASHBOARD_HEALTH_URL: `${sandbox.ecs.pageUrl}/internal/health`,
      DASHBOARD_HEADER_VALUE: REFRESH_TOKEN,
    }),
  );
  if (!access) throw new Error("the dashboard is configured");
  observers.push(
    startDashboardObserver({
      db,
      hub: {
        connected: () => true,
        listen: (listener) => {
          events.on("event", listener);
          return () => events.off("event", listener);
        },
      },
      announce: async (event: WakeEvent) => events.emit("announced", event),
      logger: pino({ level: "silent" }),
      workerId,
      redact: createRedactor([REFRESH_TOKEN]),
      access,
      timing,
    }),
  );
}

const news = () => once(events, "announced", { signal: AbortSignal.timeout(15_000) });
const seen = () => readObservation(db, DASHBOARD_KEY, dashboardStateSchema);

function view(changes: Partial<Parameters<typeof getDashboardView>[0]> = {}) {
  return getDashboardView({
    db,
    announce: async (event) => events.emit("event", event),
    now: () => new Date(),
    dailyRun: null,
    target: dashboardTarget(parseWebEnv({ ...shared(), AUTH_SECRET: TEST_AUTH_SECRET })),
    readMarts: () => readMartTimes(warehouse, null),
    ...changes,
  });
}

async function rebuildStandings(): Promise<void> {
  await sandbox.warehouse.admin.query(
    "insert into gold.standings (team, __created_at) values ('Phoenix Suns', clock_timestamp())",
  );
}

describe("the observation of the dashboard's service", () => {
  it("has the service as it is, and never asks the page, which would load data", async () => {
    observe({ idleMs: HOUR_MS, watchedMs: HOUR_MS });
    await news();
    const observed = await seen();
    expect(observed).toMatchObject({ problem: null, worker: "w1" });
    expect(observed?.value).toMatchObject({
      ...SANDBOX_TARGET,
      status: "ACTIVE",
      desired: 1,
      running: 1,
      deployments: [{ status: "PRIMARY", rollout: "COMPLETED", taskDefinition: "nba_elt_dashboard:42" }],
      tasks: [{ lastStatus: "RUNNING", health: null, startedAt: expect.any(String) }],
      health: { ok: true, hasSnapshot: false },
      served: null,
      refusal: null,
      refreshAvailable: false,
    });
    expect(observed?.value?.events[0]?.text).toContain("has reached a steady state");
  });

  it("keeps the last known beside the reason when AWS refuses", async () => {
    observe({ idleMs: 50, watchedMs: 50 });
    await news();
    sandbox.fault({ expired: true });
    await vi.waitFor(async () => expect((await seen())?.problem).toContain("have expired"), {
      timeout: 10_000,
    });
    expect((await seen())?.value).toMatchObject({ running: 1 });
  });

  it("is quick while somebody watches, and idle otherwise", async () => {
    observe({ idleMs: HOUR_MS, watchedMs: 60 });
    await news();
    const first = (await seen())?.checkedAt;
    // As the page does: whatever is announced makes it ask again.
    for (let looks = 0; looks < 3; looks += 1) {
      const next = news();
      events.emit("event", { type: "observe", key: DASHBOARD_KEY });
      await next;
    }
    expect((await seen())?.checkedAt.getTime()).toBeGreaterThan(first?.getTime() ?? Infinity);
  });

  it("is quick while a restart is on its way, though nobody watches", async () => {
    await db.run.create({
      data: {
        kind: "dashboard-restart",
        params: { mode: "restart" },
        title: "Restart",
        state: "running",
        argv: [],
        cwd: "",
        lockKey: "dashboard",
        targetKey: "dashboard-restart:restart",
        requestedBy: "op",
      },
    });
    observe({ idleMs: HOUR_MS, watchedMs: 60 });
    await news();
    await news();
  });

  it("is made by one of two workers", async () => {
    observe({ idleMs: HOUR_MS, watchedMs: HOUR_MS }, "w1");
    await news();
    observe({ idleMs: HOUR_MS, watchedMs: HOUR_MS }, "w2");
    for (const observer of observers.splice(0)) await observer.stop();
    expect(await seen()).toMatchObject({ worker: "w1" });
    expect(sandbox.ecs.control.calls.DescribeServices).toBe(1);
  });
});

describe("the dashboard's view", () => {
  it("says that a restart is due once a mart is newer than the data served, and not before", async () => {
    await rebuildStandings();
    await sandbox.read();
    observe({ idleMs: HOUR_MS, watchedMs: HOUR_MS });
    await news();
    expect((await view()).due).toMatchObject({ state: "current", compared: 1 });
    await rebuildStandings();
    const { due, observation, configured, target } = await view();
    expect(due).toMatchObject({ state: "due", newer: [{ name: "gold.standings" }] });
    expect(observation?.state?.served?.source).toBe("health");
    expect({ configured, target }).toEqual({ configured: true, target: SANDBOX_TARGET });
  });

  it("counts predictions by our own receipts, and only runs that changed some", async () => {
    await sandbox.read();
    observe({ idleMs: HOUR_MS, watchedMs: HOUR_MS });
    await news();
    const ml = (changed: number, finishedAt: Date) =>
      db.run.create({
        data: {
          kind: "ml",
          params: {},
          title: "ML",
          state: "succeeded",
          argv: [],
          cwd: "",
          lockKey: "ml",
          targetKey: `ml:${changed}`,
          requestedBy: "op",
          receipt: { newGames: 0, changed },
          finishedAt,
        },
      });
    const old = { marts: [{ name: "gold.standings", builtAt: "2026-01-01T00:00:00.000Z" }], notCompared: [] };
    const due = async () => (await view({ readMarts: async () => old })).due;
    await ml(0, new Date(Date.now() + 2 * HOUR_MS));
    expect(await due()).toMatchObject({ state: "current", newer: [] });
    await ml(2, new Date(Date.now() + HOUR_MS));
    expect(await due()).toMatchObject({ state: "due", newer: [{ name: "predictions" }] });
  });

  it("never counts a view, and says so of one that was configured", async () => {
    const wanted = ["standings", "schedule_tonights_games", "team_colors", "nowhere"];
    const { notCompared } = await readMartTimes(warehouse, wanted);
    expect(notCompared).toEqual([
      { name: "gold.schedule_tonights_games", why: expect.stringContaining("view") },
      { name: "gold.team_colors", why: "it has no __created_at" },
      { name: "gold.nowhere", why: "there is no such table" },
    ]);
  });

  it("names the variables that are missing, and nothing else", async () => {
    const { DASHBOARD_SERVICE: _, DASHBOARD_REGION: __, ...rest } = shared();
    const { configured, missing, observation, due } = await view({
      target: dashboardTarget(parseWebEnv({ ...rest, AUTH_SECRET: TEST_AUTH_SECRET })),
    });
    expect({ configured, missing, observation }).toEqual({
      configured: false,
      missing: ["DASHBOARD_REGION", "DASHBOARD_SERVICE"],
      observation: null,
    });
    expect(due.state).toBe("unknown");
  });

  it("shows the service although the warehouse does not answer", async () => {
    await sandbox.read();
    observe({ idleMs: HOUR_MS, watchedMs: HOUR_MS });
    await news();
    const away = createWarehousePool("postgresql://nobody:x@127.0.0.1:1/none");
    const { due, observation } = await view({ readMarts: () => readMartTimes(away, null) });
    await away.end();
    expect(due).toMatchObject({ state: "unknown", text: expect.stringContaining("does not answer") });
    expect(observation?.state?.running).toBe(1);
  });
});
