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
  interruptLostRuns,
  reclaimLostRun,
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
  return claimRun(db, { runId, worker: "w", token, rules });
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

describe("interruptLostRuns", () => {
  it("settles only runs whose lease has passed, and frees their lock", async () => {
    const token = randomUUID();
    const lost = await queueRun();
    const next = await queueRun();
    await claim(lost, FREE, token);
    expect(await interruptLostRuns(db, [])).toEqual([]);
    await db.$executeRaw`update backcourt.run set lease_until = now() - interval '1 second' where id = ${lost}::uuid`;
    expect(await interruptLostRuns(db, [])).toMatchObject([{ id: lost }]);
    expect(await stateOf(lost)).toBe("interrupted");
    expect(await heartbeatRun(db, lost, token)).toEqual({ held: false, cancelled: false });
    expect(await claim(next)).not.toBeNull();
  });
});

describe("reclaimLostRun", () => {
  const KINDS = ["backfill"];
  const expire = (id: string) =>
    db.$executeRaw`update backcourt.run set lease_until = now() - interval '1 second' where id = ${id}::uuid`;
  const reclaim = (kinds = KINDS) => reclaimLostRun(db, { worker: "w2", token: randomUUID(), kinds });

  it("hands a lost run with a handle to exactly one worker, and takes it from the first", async () => {
    const token = randomUUID();
    const lost = await queueRun();
    await claim(lost, FREE, token);
    await db.run.update({ where: { id: lost }, data: { handle: { old: ["arn:1"] } } });
    expect(await reclaim()).toBeNull();
    await expire(lost);
    expect(await interruptLostRuns(db, KINDS)).toEqual([]);
    const taken = await Promise.all(Array.from({ length: 8 }, () => reclaim()));
    expect(taken.filter((one) => one !== null)).toHaveLength(1);
    expect(taken.find((one) => one !== null)?.run).toMatchObject({ id: lost, attempt: 2, worker: "w2" });
    expect(await heartbeatRun(db, lost, token)).toEqual({ held: false, cancelled: false });
  });

  it("leaves runs without a handle, and kinds that cannot be taken up, to be settled", async () => {
    const without = await queueRun({ lockKey: "a" });
    const other = await queueRun({ lockKey: "b" });
    for (const id of [without, other]) {
      await claim(id);
      await expire(id);
    }
    await db.run.update({ where: { id: other }, data: { handle: {} } });
    expect(await reclaim(["dashboard-restart"])).toBeNull();
    const settled = await interruptLostRuns(db, ["dashboard-restart"]);
    expect(settled.map(({ id }) => id).sort()).toEqual([without, other].sort());
  });
});
