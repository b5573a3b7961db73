import { randomUUID } from "node:crypto";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createDb, type Db } from "@/lib/db";
import { createConsoleDatabase, type ThrowawayDatabase } from "@/lib/testing/throwaway-database";
import {
  claimRun,
  findStartableRuns,
  finishRun,
  heartbeatRun,
  requestCancel,
  type StartRules,
  startVerifying,
} from "./run-lifecycle";

let database: ThrowawayDatabase;
let db: Db;

const FREE: StartRules = { dailyRun: null, secondsPerRequest: 0 };

beforeAll(async () => {
  database = await createConsoleDatabase();
  db = createDb(database.url, "lifecycle-test");
});
afterAll(async () => {
  await db.$disconnect();
  await database.drop();
});
beforeEach(async () => {
  await db.run.deleteMany();
});

async function queueRun(
  overrides: Partial<Parameters<Db["run"]["create"]>[0]["data"]> = {},
): Promise<string> {
  const id = uuidv7();
  await db.run.create({
    data: {
      id,
      kind: "backfill",
      params: { runDate: "2026-11-21" },
      title: "Backfill",
      argv: ["true"],
      cwd: "/",
      lockKey: "ingestion",
      targetKey: `backfill:${id}`,
      requestedBy: "test",
      ...overrides,
    },
  });
  return id;
}

function claim(runId: string, rules = FREE, token = randomUUID()) {
  return claimRun(db, { runId, kind: "backfill", worker: "w", token, rules });
}

async function stateOf(id: string) {
  return (await db.run.findUniqueOrThrow({ where: { id } })).state;
}

describe("claimRun", () => {
  it("gives a queued run to exactly one of many who ask at once", async () => {
    const id = await queueRun();
    const claims = await Promise.all(Array.from({ length: 20 }, () => claim(id)));
    expect(claims.filter((won) => won !== null)).toHaveLength(1);
    const run = await db.run.findUniqueOrThrow({ where: { id } });
    expect(run).toMatchObject({ state: "running", attempt: 1 });
  });

  it("gives the run as it is stored from then on, every field of it", async () => {
    const id = await queueRun({
      gameDate: "2026-11-21",
      requestedById: null,
      reason: "late",
      idempotencyKey: "k",
      logLines: 3,
      logBytes: 2n ** 40n,
      measuredBefore: { games: [] },
      argv: ["a b", "{c}", 'd"'],
    });
    const claimed = await claim(id);
    expect(claimed?.run).toEqual(await db.run.findUniqueOrThrow({ where: { id } }));
  });

  it("gives nobody a run of another kind than they take it for", async () => {
    const id = await queueRun({ kind: "dbt" });
    expect(await claim(id)).toBeNull();
    expect(await stateOf(id)).toBe("queued");
  });

  it("lets one run of a lock key be active at a time, others of another key beside it", async () => {
    const first = await queueRun();
    const second = await queueRun();
    const other = await queueRun({ lockKey: "dbt" });
    expect(await claim(first)).not.toBeNull();
    expect(await claim(second)).toBeNull();
    expect(await claim(other)).not.toBeNull();
    expect(await stateOf(second)).toBe("queued");
  });

  it("holds a run in the daily run's window, unless its operator said otherwise", async () => {
    const allDay: StartRules = { dailyRun: { fromMinute: 0, toMinute: 1_440 }, secondsPerRequest: 0 };
    const held = await queueRun();
    const overridden = await queueRun({ overrideDailyRun: true });
    expect(await claim(held, allDay)).toBeNull();
    expect(await findStartableRuns(db, allDay)).toEqual([{ id: overridden, kind: "backfill" }]);
    expect(await claim(overridden, allDay)).not.toBeNull();
  });

  it("spaces runs by what the earlier one cost at the source", async () => {
    const token = randomUUID();
    const first = await queueRun({ requestCost: 10 });
    const second = await queueRun();
    await claim(first, FREE, token);
    await finishRun(db, first, token, { state: "succeeded", outcome: "done" });
    expect(await claim(second, { dailyRun: null, secondsPerRequest: 3 })).toBeNull();
    await db.$executeRaw`update backcourt.run set started_at = now() - interval '31 seconds' where id = ${first}::uuid`;
    expect(await claim(second, { dailyRun: null, secondsPerRequest: 3 })).not.toBeNull();
  });

  it("asks of the runs before it the latest one alone, so that a long history costs nothing", async () => {
    const rules: StartRules = { dailyRun: null, secondsPerRequest: 3 };
    const earlier = (startedAt: string) =>
      queueRun({ state: "succeeded", requestCost: 10, startedAt: new Date(startedAt) });
    for (let day = 10; day < 30; day += 1) await earlier(`2026-09-${day}T12:00:00Z`);
    const last = await earlier("2026-09-30T12:00:00Z");
    const id = await queueRun();
    expect(await findStartableRuns(db, rules)).toEqual([{ id, kind: "backfill" }]);
    await db.$executeRaw`update backcourt.run set started_at = now() - interval '29 seconds' where id = ${last}::uuid`;
    expect(await findStartableRuns(db, rules)).toEqual([]);
    expect(await claim(id, rules)).toBeNull();
  });
});

describe("finishRun", () => {
  it("is done once, by the holder of the token only", async () => {
    const token = randomUUID();
    const id = await queueRun();
    await claim(id, FREE, token);
    expect(await finishRun(db, id, randomUUID(), { state: "succeeded", outcome: "forged" })).toBe(false);
    expect(await startVerifying(db, { runId: id, token, exitCode: 0, signal: null })).toBe(true);
    expect(await finishRun(db, id, token, { state: "no_effect", outcome: "nothing" })).toBe(true);
    expect(await finishRun(db, id, token, { state: "succeeded", outcome: "again" })).toBe(false);
    expect(await db.run.findUniqueOrThrow({ where: { id } })).toMatchObject({
      state: "no_effect",
      exitCode: 0,
    });
  });
});

describe("an end with a text that PostgreSQL refuses", () => {
  it("is stored with the text made storable, and frees the lock", async () => {
    const token = randomUUID();
    const id = await queueRun();
    await claim(id, FREE, token);
    const odd = "NUL \u0000 and half a pair \ud83c";
    const receipt = { message: odd, nodes: [{ name: odd }] };
    expect(await finishRun(db, id, token, { state: "failed", outcome: odd, receipt })).toBe(true);
    const kept = "NUL \ufffd and half a pair \ufffd";
    expect(await db.run.findUniqueOrThrow({ where: { id } })).toMatchObject({
      outcome: kept,
      receipt: { message: kept, nodes: [{ name: kept }] },
    });
    expect(await claim(await queueRun())).not.toBeNull();
  });
});

describe("requestCancel", () => {
  it("ends a queued run at once, flags a running one, and leaves an ended one alone", async () => {
    const queued = await queueRun();
    expect(await requestCancel(db, queued, "op")).toBe("cancelled");
    expect(await claim(queued)).toBeNull();

    const token = randomUUID();
    const running = await queueRun();
    await claim(running, FREE, token);
    expect(await requestCancel(db, running, "op")).toBe("requested");
    expect(await heartbeatRun(db, running, token)).toEqual({ held: true, cancelled: true });
    await finishRun(db, running, token, { state: "cancelled", outcome: "" });
    expect(await requestCancel(db, running, "op")).toBeNull();
  });

  it("races a claim to one outcome", async () => {
    for (let round = 0; round < 20; round += 1) {
      const id = await queueRun({ lockKey: `round-${round}` });
      const [won, answer] = await Promise.all([claim(id), requestCancel(db, id, "op")]);
      const state = await stateOf(id);
      expect([won !== null, answer, state]).toEqual(
        won === null ? [false, "cancelled", "cancelled"] : [true, "requested", "running"],
      );
    }
  });
});
