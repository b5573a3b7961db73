import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createDb, type Db } from "@/lib/db";
import type { RunState } from "@/lib/generated/prisma/client";
import { createLogger } from "@/lib/logger";
import { readLogLines } from "@/lib/logs/read-log";
import { storeLogBatch } from "@/lib/logs/store-log-batch";
import { createRunningRun } from "@/lib/testing/running-run";
import { createConsoleDatabase, type ThrowawayDatabase } from "@/lib/testing/throwaway-database";
import { pruneBatch, type RetentionRules } from "./prune-batch";
import { startRetention } from "./start-retention";

const ALL: RetentionRules = { runDays: null, logDays: null, logBytes: null };

let database: ThrowawayDatabase;
let db: Db;

beforeAll(async () => {
  database = await createConsoleDatabase();
  db = createDb(database.url, "retention-test");
});
beforeEach(async () => {
  await db.run.deleteMany();
});
afterAll(async () => {
  await db.$disconnect();
  await database.drop();
});

/** A run that ended so many days ago, or did not, with a log of `bytes`. */
async function createRun({
  days,
  bytes = 100,
  state = "succeeded",
}: {
  days: number | null;
  bytes?: number;
  state?: RunState;
}): Promise<string> {
  const owner = await createRunningRun(db);
  const line = { at: new Date().toISOString(), channel: "stdout" as const };
  await storeLogBatch(db, owner, [{ ...line, seq: 1, text: "x".repeat(bytes - 1) }], false);
  await db.$executeRaw`
    update backcourt.run set state = ${state}::backcourt.run_state,
      finished_at = now() - ${days}::float8 * interval '1 day'
    where id = ${owner.runId}::uuid`;
  return owner.runId;
}

async function runs(): Promise<Record<string, { lines: number; isPruned: boolean }>> {
  const found = await db.run.findMany();
  for (const run of found) expect(await readLogLines(db, run.id, 0, 100)).toHaveLength(run.logLines);
  return Object.fromEntries(
    found.map((run) => [run.id, { lines: run.logLines, isPruned: run.logPrunedAt !== null }]),
  );
}

const KEPT = { lines: 1, isPruned: false };
const PRUNED = { lines: 0, isPruned: true };

describe("pruneBatch", () => {
  it("removes logs by age, and says so on their runs", async () => {
    const [old, young] = [await createRun({ days: 61 }), await createRun({ days: 59 })];
    expect(await pruneBatch(db, { ...ALL, logDays: 60 })).toEqual({ runs: 0, logs: 1 });
    expect(await runs()).toEqual({ [old]: PRUNED, [young]: KEPT });
    expect(await pruneBatch(db, { ...ALL, logDays: 60 })).toEqual({ runs: 0, logs: 0 });
  });

  it("removes the oldest logs beyond the size of all together", async () => {
    const [third, second, first] = [
      await createRun({ days: 3, bytes: 600 }),
      await createRun({ days: 2, bytes: 600 }),
      await createRun({ days: 1, bytes: 600 }),
    ];
    expect(await pruneBatch(db, { ...ALL, logBytes: 1_200 })).toEqual({ runs: 0, logs: 1 });
    expect(await runs()).toEqual({ [third]: PRUNED, [second]: KEPT, [first]: KEPT });
  });

  it("removes runs by age with all that is theirs, and leaves the audit alone", async () => {
    const [old, young] = [await createRun({ days: 181 }), await createRun({ days: 179 })];
    await db.dbtNodeResult.create({
      data: {
        runId: old,
        uniqueId: "model.x",
        position: 1,
        name: "x",
        type: "model",
        status: "success",
        fullRefresh: false,
      },
    });
    await db.auditEntry.create({
      data: { actor: "op", action: "run.create", params: {}, result: "accepted", runId: old },
    });
    expect(await pruneBatch(db, { ...ALL, runDays: 180 })).toEqual({ runs: 1, logs: 0 });
    expect(Object.keys(await runs())).toEqual([young]);
    expect(await db.logChunk.count({ where: { runId: old } })).toBe(0);
    expect(await db.dbtNodeResult.count()).toBe(0);
    expect(await db.auditEntry.count({ where: { runId: old } })).toBe(1);
  });

  it.each(["queued", "running", "verifying"] as const)(
    "touches no run that is %s, however old",
    async (state) => {
      const id = await createRun({ days: 1_000, state, bytes: 5_000 });
      const open = await createRun({ days: null, state });
      const rules = { runDays: 1, logDays: 1, logBytes: 1 };
      expect(await pruneBatch(db, rules)).toEqual({ runs: 0, logs: 0 });
      expect(await runs()).toEqual({ [id]: KEPT, [open]: KEPT });
    },
  );

  it("works in small batches", async () => {
    for (let i = 0; i < 25; i += 1) await createRun({ days: 100 + i });
    expect(await pruneBatch(db, { ...ALL, logDays: 60 })).toEqual({ runs: 0, logs: 20 });
    expect(await pruneBatch(db, { ...ALL, logDays: 60 })).toEqual({ runs: 0, logs: 5 });
    await db.run.updateMany({ data: { logLines: 40_000 } });
    expect(await pruneBatch(db, { ...ALL, runDays: 60 })).toEqual({ runs: 2, logs: 0 });
  });

  it("does nothing while another worker is at it", async () => {
    const old = await createRun({ days: 61 });
    await db.$transaction(async (transaction) => {
      await transaction.$queryRaw`select pg_advisory_xact_lock(${0x6261_636b})::text`;
      expect(await pruneBatch(db, { ...ALL, logDays: 60, runDays: 60 })).toEqual({ runs: 0, logs: 0 });
    });
    expect(await runs()).toEqual({ [old]: KEPT });
  });
});

describe("startRetention", () => {
  it("removes batch after batch from its start, and stops when told to", async () => {
    for (let i = 0; i < 45; i += 1) await createRun({ days: 200 });
    const retention = startRetention({
      db,
      logger: createLogger("retention-test", "fatal"),
      rules: { runDays: 180, logDays: 60, logBytes: null },
      sleep: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined),
    });
    await vi.waitFor(async () => expect(await db.run.count()).toBe(0), { timeout: 20_000 });
    await retention.stop();
    const late = await createRun({ days: 200 });
    expect(Object.keys(await runs())).toEqual([late]);
  });
});
