import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createDb, type Db } from "@/lib/db";
import { createRunningRun } from "@/lib/testing/running-run";
import { createConsoleDatabase, type ThrowawayDatabase } from "@/lib/testing/throwaway-database";
import { reclaimLostRun, refuseOverdueRuns, requeueUnstartedRuns, takeLostRun } from "./lost-runs";
import { claimRun, finishRun, heartbeatRun, noteProgramStart } from "./run-lifecycle";

let database: ThrowawayDatabase;
let db: Db;

beforeAll(async () => {
  database = await createConsoleDatabase();
  db = createDb(database.url, "lost-runs-test");
});
afterAll(async () => {
  await db.$disconnect();
  await database.drop();
});
beforeEach(async () => {
  await db.run.deleteMany();
});

const STARTED = { programStartedAt: new Date(), programHost: "here", attempt: 1 };

/** A run whose lease passed `seconds` ago, on the database's clock. */
async function lost(changes: Parameters<typeof createRunningRun>[1] = {}, seconds = 1) {
  const run = await createRunningRun(db, { attempt: 1, worker: "w1", ...changes });
  await db.$executeRaw`
    update backcourt.run set lease_until = now() - ${seconds} * interval '1 second' where id = ${run.runId}::uuid`;
  return run;
}

function take({ host = "here", resumableKinds = [] as string[], worker = "w2" } = {}) {
  return takeLostRun(db, { worker, token: randomUUID(), host, resumableKinds });
}

const find = (id: string) => db.run.findUniqueOrThrow({ where: { id } });

describe("requeueUnstartedRuns", () => {
  it("gives back a run whose program was never ordered to start, once, as if it were new", async () => {
    const { runId, token } = await lost({ measuredBefore: { rows: 1 } });
    const answers = await Promise.all(Array.from({ length: 6 }, () => requeueUnstartedRuns(db)));
    expect(answers.flat()).toEqual([{ id: runId, state: "queued" }]);
    expect(await find(runId)).toMatchObject({
      state: "queued",
      startedAt: null,
      worker: null,
      measuredBefore: null,
      claimToken: null,
    });
    // The worker that was only slow finds that it may not start it any more.
    const start = { runId, token, host: "here", measuredBefore: {} };
    expect(await noteProgramStart(db, start)).toBe(false);
    const rules = { dailyRun: null, secondsPerRequest: 0 };
    const claim = await claimRun(db, { runId, kind: "backfill", worker: "w2", token: randomUUID(), rules });
    expect(claim?.run).toMatchObject({ attempt: 2 });
  });

  it.each([
    ["a lease that holds", { leaseUntil: new Date(Date.now() + 600_000) }],
    ["a start that was ordered", STARTED],
    ["a stored handle", { handle: {} }],
  ])("leaves alone %s", async (_name, changes) => {
    const { runId } = "leaseUntil" in changes ? await createRunningRun(db, changes) : await lost(changes);
    expect(await requeueUnstartedRuns(db)).toEqual([]);
    expect(await find(runId)).toMatchObject({ state: "running" });
  });

  it("ends one that was cancelled meanwhile, and one that has cost several workers", async () => {
    const { runId: cancelled } = await lost({ cancelRequestedAt: new Date() });
    const { runId: deadly } = await lost({ attempt: 3 });
    expect(await requeueUnstartedRuns(db)).toHaveLength(2);
    expect(await find(cancelled)).toMatchObject({
      state: "cancelled",
      outcome: "Cancelled before the program started; nothing ran.",
    });
    expect(await find(deadly)).toMatchObject({
      state: "interrupted",
      outcome: "Its worker was lost before the program could be started, 3 times in a row; nothing ran.",
    });
  });
});

describe("takeLostRun", () => {
  it("hands a lost run to exactly one settler, whose lease it then is", async () => {
    const { runId, token } = await lost(STARTED);
    const taken = await Promise.all(Array.from({ length: 8 }, () => take()));
    const claims = taken.filter((claim) => claim !== null);
    expect(claims).toHaveLength(1);
    expect(claims[0]?.run).toMatchObject({ id: runId, worker: "w1", settler: "w2", attempt: 1 });
    expect(await heartbeatRun(db, runId, token)).toEqual({ held: false, cancelled: false });
    expect(await finishRun(db, runId, token, { state: "succeeded", outcome: "late" })).toBe(false);
    expect(await take()).toBeNull();
  });

  it("comes round again when the settler is lost too, and then for one of them only", async () => {
    const { runId } = await lost(STARTED);
    const first = await take();
    await db.$executeRaw`update backcourt.run set lease_until = now() - interval '1 second'`;
    const second = await take({ worker: "w3" });
    const ending = { state: "interrupted", outcome: "" } as const;
    expect(await finishRun(db, runId, first?.token ?? "", ending)).toBe(false);
    expect(await finishRun(db, runId, second?.token ?? "", ending)).toBe(true);
  });

  it("lets the program's machine come first, and others after a moment", async () => {
    const { runId } = await lost(STARTED);
    expect(await take({ host: "elsewhere" })).toBeNull();
    await db.$executeRaw`update backcourt.run set lease_until = now() - interval '1 minute'`;
    expect((await take({ host: "elsewhere" }))?.run.id).toBe(runId);
  });

  it("leaves a living worker its run whose lease has lapsed, once it tells that it lives", async () => {
    const { runId, token } = await lost(STARTED);
    expect(await heartbeatRun(db, runId, token)).toEqual({ held: true, cancelled: false });
    expect(await take()).toBeNull();
  });

  it("leaves what was not started, and what is taken up from its handle, to others", async () => {
    await lost();
    await lost({ handle: {}, kind: "dashboard-restart" });
    expect(await take({ resumableKinds: ["dashboard-restart"] })).toBeNull();
  });
});

describe("reclaimLostRun", () => {
  const reclaim = () => reclaimLostRun(db, { worker: "w2", token: randomUUID(), kinds: ["backfill"] });

  it("hands a lost run with a handle to exactly one worker, and takes it from the first", async () => {
    const { runId, token } = await lost({ handle: { old: ["arn:1"] } });
    const taken = await Promise.all(Array.from({ length: 8 }, () => reclaim()));
    expect(taken.filter((one) => one !== null)).toHaveLength(1);
    expect(taken.find((one) => one !== null)?.run).toMatchObject({ id: runId, attempt: 2, worker: "w2" });
    expect(await heartbeatRun(db, runId, token)).toEqual({ held: false, cancelled: false });
  });

  it("leaves runs without a handle, and kinds that cannot be taken up", async () => {
    await lost(STARTED);
    await lost({ handle: {}, kind: "ml" });
    expect(await reclaim()).toBeNull();
  });
});

describe("refuseOverdueRuns", () => {
  it("ends what has waited too long, with the reason, and nothing that runs", async () => {
    const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);
    const queued = { state: "queued", claimToken: null, leaseUntil: null, startedAt: null } as const;
    const { runId: old } = await createRunningRun(db, { ...queued, queuedAt: hoursAgo(25) });
    await createRunningRun(db, { ...queued, queuedAt: hoursAgo(23) });
    await createRunningRun(db, { queuedAt: hoursAgo(25) });
    expect(await refuseOverdueRuns(db, 24)).toEqual([{ id: old }]);
    expect(await find(old)).toMatchObject({
      state: "refused",
      outcome: expect.stringContaining("Nothing was started: it waited for 24 hours"),
    });
  });
});
