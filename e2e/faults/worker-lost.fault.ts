import { fileURLToPath } from "node:url";
import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { ChildProgram } from "@/e2e/stack/child-program";
import { eventually, type FaultStack, startFaultStack, WITHOUT_DBT } from "./fault-stack";

/** All with the real lease of 30 s. */
const SETTLED_MS = 60_000;
const TREE_DEAD_MS = 10_000;
const SHIFT_CLOCK = fileURLToPath(new URL("program/shift-clock.mjs", import.meta.url));
const HOUR_MS = 3_600_000;

let faults: FaultStack;

beforeAll(async () => {
  // One model of dbt sleeps in the warehouse for as long as nobody ends its session.
  faults = await startFaultStack({ withDbt: true, dbtEnv: { SANDBOX_DBT_SLEEP_SECONDS: "600" } });
});
afterAll(() => faults.stop());
afterEach(async () => {
  await faults.stack.warehouse.query("rollback");
  expect(await faults.violations()).toEqual([]);
});

describe("a worker that is lost", () => {
  it("rows 1 and 12: killed in mid-run, and another whose event loop stands still for longer than its lease", async () => {
    const date = faults.takeDate();
    faults.stub.plan(date, { hold: true, holdEverySeconds: 0.05, ignoreSignals: true, setsid: true });
    const running = await faults.orderOne(date);
    const reader = faults.read(running);
    await faults.started(running);
    await eventually("lines are stored", 10_000, async () => {
      const { log } = await faults.api.run(running);
      return { done: log.lines > 10, seen: String(log.lines) };
    });
    const killedAt = Date.now();
    faults.stack.worker.kill("SIGKILL");
    await treeDies([running], killedAt);

    const blocked = faults.stack.startWorker();
    faults.stub.plan("ml", { hold: true });
    const stalled = await orderMl();
    await faults.started(stalled);
    blocked.kill("SIGSTOP");
    const settling = faults.stack.startWorker();
    await ringAgain(stalled, 100);
    await faults.reaches(running, ["interrupted"], SETTLED_MS);
    console.log(`row 1: interrupted ${Math.round((Date.now() - killedAt) / 1_000)} s after the kill`);
    await reader.ended;
    expect(reader.lines.length).toBeGreaterThan(10);
    await faults.reaches(stalled, ["interrupted"], SETTLED_MS);
    expect(faults.processesOf(stalled)).toEqual([]);
    blocked.kill("SIGCONT");
    await ringAgain(stalled, 100);
    await lookOutsOf(blocked, 3);
    expect([startsOf(running), startsOf(stalled)]).toEqual([1, 1]);
    expect([await attemptsOf(running), await attemptsOf(stalled)]).toEqual([1, 1]);
    await blocked.stop();
    faults.stack.worker = settling;
  });

  it("rows 2 and 19: killed between claim and spawn, and in the middle of dbt's SQL", async () => {
    const build = await orderBuild("player_stats");
    await eventually("dbt's model sleeps in the warehouse", 60_000, async () => {
      const queries = await sessionsOf(build);
      return { done: queries.some((text) => text.includes("pg_sleep(600")), seen: queries.join("\n") };
    });
    await lockBoxscores();
    // The measurement before the program waits for the table.
    const claimed = await faults.orderOne(faults.takeDate());
    await faults.reaches(claimed, ["running"]);
    const killedAt = Date.now();
    faults.stack.worker.kill("SIGKILL");
    await faults.stack.warehouse.query("rollback");
    await treeDies([build, claimed], killedAt);
    faults.stack.startWorker();

    await faults.reaches(build, ["interrupted"], SETTLED_MS);
    // At the very moment: a session that outlives the record sleeps for ten minutes.
    expect(await sessionsOf(build)).toEqual([]);
    await faults.reaches(claimed, ["succeeded"], SETTLED_MS);
    expect(startsOf(claimed)).toBe(1);
  });

  it("row 3: killed after the program's exit 0, before the record", async () => {
    const date = faults.takeDate();
    faults.stub.plan(date, { hold: true });
    const ended = await faults.orderOne(date);
    await faults.started(ended);
    await lockBoxscores();
    faults.stub.release(date);
    // The measurement after the program waits for the table.
    await faults.reaches(ended, ["verifying"], 20_000);
    faults.stack.worker.kill("SIGKILL");
    await faults.stack.warehouse.query("rollback");
    faults.stack.startWorker();
    await faults.reaches(ended, ["succeeded", "interrupted"], SETTLED_MS);
    const { state, outcome } = await faults.api.run(ended);
    console.log(`row 3: ${state}: ${outcome}`);
    expect(startsOf(ended)).toBe(1);
  });
});

describe("a worker that is told to stop", () => {
  it("row 4: takes no new run, waits for what ends in time, then ends the program and says so", async () => {
    await faults.stack.worker.stop();
    const [quick, long, next] = [faults.takeDate(), faults.takeDate(), faults.takeDate()];
    faults.stub.plan(quick, { hold: true });
    faults.stub.plan(long, { hold: true });

    const first = faults.stack.startWorker({ env: WITHOUT_DBT });
    const finishing = await faults.orderOne(quick);
    await faults.started(finishing);
    first.kill("SIGTERM");
    const waiting = await faults.orderOne(long);
    await eventually("the worker says that it stops", 10_000, async () => ({
      done: first.output().includes("worker stopping"),
      seen: first.output(),
    }));
    faults.stub.release(quick);
    await faults.reaches(finishing, ["succeeded"]);
    await gone(first);
    expect(startsOf(waiting)).toBe(0);

    const second = faults.stack.startWorker({ env: { ...WITHOUT_DBT, WORKER_DRAIN_SECONDS: "1" } });
    await faults.started(waiting);
    second.kill("SIGTERM");
    await faults.reaches(waiting, ["interrupted"], 20_000);
    await gone(second);
    expect(faults.processesOf(waiting)).toEqual([]);
    expect((await faults.api.run(waiting)).outcome).toMatch(/shut down/);
    faults.stack.startWorker({ env: WITHOUT_DBT });
    await faults.reaches(await faults.orderOne(next), ["succeeded"]);
  });
});

describe("a clock that is wrong", () => {
  it("row 27: workers an hour ahead and an hour behind: no run is taken for lost", async () => {
    await faults.stack.worker.stop();
    const ahead = faults.stack.startWorker(clockShifted(HOUR_MS));
    const date = faults.takeDate();
    faults.stub.plan(date, { hold: true });
    const heldAhead = await faults.orderOne(date);
    await faults.started(heldAhead);
    const behind = faults.stack.startWorker(clockShifted(-HOUR_MS));
    await lookOutsOf(behind, 4);
    const [run] = await faults.query<{ state: string; left: number }>(
      "select state::text as state, extract(epoch from lease_until - now())::float8 as left from backcourt.run where id = $1",
      [heldAhead],
    );
    expect(run?.state).toBe("running");
    expect(run?.left).toBeGreaterThan(0);
    expect(run?.left).toBeLessThanOrEqual(30);
    faults.stub.release(date);
    await faults.reaches(heldAhead, ["succeeded"]);
    await ahead.stop();
    // Now the one that lives an hour ago holds a run, and one with the right time looks on.
    const other = faults.takeDate();
    faults.stub.plan(other, { hold: true });
    const heldBehind = await faults.orderOne(other);
    await faults.started(heldBehind);
    const right = faults.stack.startWorker({ env: WITHOUT_DBT });
    await lookOutsOf(right, 4);
    faults.stub.release(other);
    await faults.reaches(heldBehind, ["succeeded"]);
    await behind.stop();
  });
});

function clockShifted(ms: number) {
  return { env: { ...WITHOUT_DBT, NODE_OPTIONS: `--import ${SHIFT_CLOCK}`, CLOCK_SHIFT_MS: String(ms) } };
}

async function treeDies(runIds: string[], killedAt: number): Promise<void> {
  await eventually("every process of the runs is dead", TREE_DEAD_MS, async () => {
    const left = runIds.flatMap((id) => faults.processesOf(id));
    return { done: left.length === 0, seen: left.join() };
  });
  console.log(`process trees dead ${Date.now() - killedAt} ms after the kill`);
}

/** Until "rollback": whoever measures waits. */
async function lockBoxscores(): Promise<void> {
  await faults.stack.warehouse.query(
    "begin; lock table bronze.bbref_player_boxscores in access exclusive mode",
  );
}

function startsOf(runId: string): number {
  return faults.stub.journal().filter((entry) => entry.what === "start" && entry.runId === runId).length;
}

async function attemptsOf(runId: string): Promise<number> {
  return (await faults.api.run(runId)).attempt;
}

/** What the run's sessions in the warehouse are doing. */
async function sessionsOf(runId: string): Promise<string[]> {
  const { rows } = await faults.stack.warehouse.query<{ query: string }>(
    "select query from pg_stat_activity where application_name = $1",
    [`backcourt-${runId}`],
  );
  return rows.map(({ query }) => query);
}

/** The ML program predicts the games of the UTC date on which it runs. */
function orderMl(): Promise<string> {
  const gameDate = new Date().toISOString().slice(0, 10);
  return faults.orderOther({ kind: "ml", params: [{ gameDate }] });
}

async function orderBuild(model: string): Promise<string> {
  await eventually("a worker has read the dbt project", 60_000, async () => {
    const answer = await (await faults.api.send("/api/dbt")).text();
    return { done: answer.includes(model), seen: answer.slice(0, 500) };
  });
  return faults.orderOther({ kind: "dbt", params: [{ select: [model], fullRefresh: false }] });
}

/** The same doorbell, so many times at once. */
async function ringAgain(runId: string, times: number): Promise<void> {
  const connection = new Redis(faults.stores.redisUrl, { maxRetriesPerRequest: null });
  const queue = new Queue("backcourt.ml", { connection });
  await Promise.all(Array.from({ length: times }, () => queue.add("ml", { runId })));
  await queue.close();
  connection.disconnect();
}

/** Resolves once that very worker has looked for runs so many times more. */
async function lookOutsOf(worker: ChildProgram, count: number): Promise<void> {
  const seen = new Set<string>();
  await eventually(`the worker has looked out ${count} times`, 30_000, async () => {
    const [row] = await faults.query<{ at: Date }>(
      "select seen_at as at from backcourt.worker where pid = $1",
      [worker.pid],
    );
    if (row) seen.add(row.at.toISOString());
    return { done: seen.size > count, seen: [...seen].join() };
  });
}

async function gone(worker: ChildProgram): Promise<void> {
  await eventually("the worker has ended", 40_000, async () => ({
    done: !worker.alive(),
    seen: worker.output(),
  }));
}
