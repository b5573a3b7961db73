import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { CreateRunsRequest } from "@/lib/contracts/runs";
import { createDb, type Db } from "@/lib/db";
import type { WakeEvent } from "@/lib/events/channel";
import { testActor } from "@/lib/testing/test-actor";
import { type ConsoleDatabase, createConsoleDatabase } from "@/lib/testing/throwaway-database";
import { type EnqueueOptions, enqueueRuns, previewRuns } from "./enqueue";
import { type BackfillFacts, prepareBackfillOrder } from "./orders/backfill-order";
import type { OrderPreparations } from "./orders/prepared-order";

let database: ConsoleDatabase;
let db: Db;

const NOW = new Date("2026-11-22T20:00:00Z");
const SETTINGS = {
  ingestion: { command: ["python", "-m", "scripts.backfill"], cwd: "/srv" },
  dbt: null,
  ml: null,
  dashboard: null,
};
const FACTS: BackfillFacts = {
  now: NOW,
  dailyRun: null,
  firstSeasonStart: "1996-11-01",
  absentWorkers: null,
  flags: new Map([
    ["boxscores", true],
    ["pbp", true],
  ]),
  flagsProblem: null,
  dates: new Map([["2026-11-20", { state: "missing", scheduledGames: 9 }]]),
  datesProblem: null,
};

beforeAll(async () => {
  database = await createConsoleDatabase();
  db = createDb(database.url, "enqueue-test");
});
afterAll(async () => {
  await db.$disconnect();
  await database.drop();
});
beforeEach(async () => {
  await db.run.deleteMany();
  await database.emptyAudit();
});

function options({ doorbellUp = true } = {}) {
  const rung: string[] = [];
  const announced: WakeEvent[] = [];
  const given: EnqueueOptions = {
    db,
    now: () => NOW,
    doorbellUp: () => doorbellUp,
    rules: { dailyRun: null, secondsPerRequest: 3 },
    ring: async (_kind, id) => {
      rung.push(id);
      return doorbellUp;
    },
    announce: async (event) => {
      announced.push(event);
      return doorbellUp;
    },
    findForeignBuild: async () => null,
    // What is told here of backfills holds for every kind: nothing else is ordered.
    preparations: {
      backfill: async (order) => prepareBackfillOrder(order, SETTINGS, FACTS),
    } as Partial<OrderPreparations> as OrderPreparations,
  };
  return { given, rung, announced };
}

function order(...dates: string[]): CreateRunsRequest {
  return { kind: "backfill", params: dates.map((runDate) => ({ runDate })), overrideDailyRun: false };
}

describe("enqueueRuns", () => {
  it("makes one run of fifty retries with the same key, and rings for it once", async () => {
    const { given, rung } = options();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () =>
        enqueueRuns(given, {
          order: order("2026-11-20"),
          actor: testActor("op"),
          idempotencyKey: "the-same-key",
        }),
      ),
    );
    const ids = new Set(answers.flatMap(({ runs }) => runs.map(({ id }) => id)));
    expect(ids.size).toBe(1);
    expect(await db.run.count()).toBe(1);
    expect(rung).toEqual([...ids]);
  });

  it("gives the same run for its key even after the run has ended", async () => {
    const { given } = options();
    const first = await enqueueRuns(given, {
      order: order("2026-11-20"),
      actor: testActor("op"),
      idempotencyKey: "the-same-key",
    });
    await db.run.updateMany({ data: { state: "succeeded" } });
    const again = await enqueueRuns(given, {
      order: order("2026-11-20"),
      actor: testActor("op"),
      idempotencyKey: "the-same-key",
    });
    const fresh = await enqueueRuns(given, {
      order: order("2026-11-20"),
      actor: testActor("op"),
      idempotencyKey: "another-key",
    });
    expect(again.runs[0]).toMatchObject({ id: first.runs[0]?.id, alreadyActive: true });
    expect(fresh.runs[0]?.id).not.toBe(first.runs[0]?.id);
  });

  it("lets two operators who order overlapping dates share the runs on their way, without a deadlock", async () => {
    const { given } = options();
    const dates = ["2026-11-10", "2026-11-11", "2026-11-12", "2026-11-13"];
    await Promise.all([
      enqueueRuns(given, { order: order(...dates), actor: testActor("a"), idempotencyKey: null }),
      enqueueRuns(given, {
        order: order(...[...dates].reverse()),
        actor: testActor("b"),
        idempotencyKey: null,
      }),
    ]);
    expect(await db.run.count()).toBe(4);
    expect(await db.auditEntry.count()).toBe(8);
  });

  it("stores what was shown: command, cost, reason, who", async () => {
    const { given } = options();
    await enqueueRuns(given, {
      order: { ...order("2026-11-20"), reason: "late at noon" },
      actor: testActor("op"),
      idempotencyKey: null,
    });
    expect(await db.run.findFirst()).toMatchObject({
      argv: ["python", "-m", "scripts.backfill", "--run_date", "2026-11-20"],
      cwd: "/srv",
      requestCost: 10,
      reason: "late at noon",
      requestedBy: "op",
      state: "queued",
      gameDate: "2026-11-20",
    });
  });

  it("stores nothing when one date cannot be", async () => {
    const { given } = options();
    await expect(
      enqueueRuns(given, {
        order: order("2026-11-20", "2027-01-01"),
        actor: testActor("op"),
        idempotencyKey: null,
      }),
    ).rejects.toMatchObject({
      code: "invalid-request",
      message: expect.stringContaining("2027-01-01 is in the future"),
    });
    expect(await db.run.count()).toBe(0);
  });

  it("accepts while Redis is away, and says what the run waits for", async () => {
    const { given } = options({ doorbellUp: false });
    await db.$executeRaw`insert into backcourt.worker values ('w', 'h', 1, now(), now(), null)`;
    const { runs } = await enqueueRuns(given, {
      order: order("2026-11-20"),
      actor: testActor("op"),
      idempotencyKey: null,
    });
    expect(runs[0]).toMatchObject({ state: "queued", waiting: { for: "doorbell" } });
  });
});

describe("previewRuns", () => {
  it("shows each run's command, cost, start, and the one that is on its way", async () => {
    const { given } = options();
    const accepted = await enqueueRuns(given, {
      order: order("2026-11-19"),
      actor: testActor("op"),
      idempotencyKey: null,
    });
    const preview = await previewRuns(given, order("2026-11-20", "2026-11-19"), testActor("op"));
    expect(preview.runs.map((run) => [run.gameDate, run.requests, run.startsInSeconds])).toEqual([
      ["2026-11-19", 1, 0],
      ["2026-11-20", 10, 3],
    ]);
    expect(preview.runs[0]?.alreadyActive).toEqual({ id: accepted.runs[0]?.id, state: "queued" });
    expect(preview.lastStartsInSeconds).toBe(3);
    expect(await db.run.count()).toBe(1);
  });

  it("tells the workers that an order may come, of whoever may order it", async () => {
    const { given, announced } = options();
    await previewRuns(given, order("2026-11-20"), testActor("looker", "viewer"));
    expect(announced).toEqual([]);
    await previewRuns(given, order("2026-11-20"), testActor("op", "operator"));
    expect(announced).toEqual([{ type: "previewed", kind: "backfill" }]);
  });
});
