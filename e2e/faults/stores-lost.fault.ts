import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { hasEnded } from "@/e2e/stack/console-api";
import { eventually, type FaultStack, startFaultStack } from "./fault-stack";
import { withClient } from "./gather-facts";
import { createTinyDisk } from "./tiny-disk";

const ENDED = ["succeeded"] as const;
/** A click must not hang on a store that does. */
const CLICK_MS = 1_000;

let faults: FaultStack;

beforeAll(async () => {
  faults = await startFaultStack();
});
afterAll(() => faults.stop());
afterEach(async () => expect(await faults.violations()).toEqual([]));

describe("Redis", () => {
  it("row 8: is down at the click: accepted at once, the queue says that it is delayed, and it runs when Redis is back", async () => {
    await faults.stores.redis.kill();
    await eventually("the web has noticed", 10_000, async () => {
      const health = await (await faults.api.send("/api/health?view=page")).text();
      return { done: health.includes("Redis does not answer"), seen: health };
    });
    const date = faults.takeDate();
    const { status, tookMs, ids } = await faults.order([date]);
    expect(status).toBe(202);
    expect(tookMs).toBeLessThan(CLICK_MS);
    const [id = ""] = ids;
    expect((await faults.api.run(id)).waiting).toMatchObject({ for: "doorbell" });
    await faults.stores.redis.start();
    await faults.reaches(id, ENDED);
  });

  it("row 9: hangs at the click: accepted at once, started once when it wakes", async () => {
    faults.stores.redis.hang();
    const { status, tookMs, ids } = await faults.order([faults.takeDate()]);
    faults.stores.redis.wake();
    expect(status).toBe(202);
    expect(tookMs).toBeLessThan(CLICK_MS);
    await faults.reaches(ids[0] ?? "", ENDED);
  });

  it("row 10: is started again empty: the run under way is recorded, the queued one runs", async () => {
    const [date, other] = [faults.takeDate(), faults.takeDate()];
    faults.stub.plan(date, { hold: true, linesAfter: 20 });
    const active = await faults.orderOne(date);
    await faults.started(active);
    const queued = await faults.orderOne(other);
    const reader = faults.read(active);
    await faults.stores.redis.kill();
    await faults.stores.redis.start();
    faults.stub.release(date);
    await faults.reaches(active, ENDED);
    await faults.reaches(queued, ENDED);
    await reader.ended;
  });

  it("row 11: is full: the run stays queued until there is room; a worker refuses a Redis that evicts", async () => {
    const redis = new Redis(faults.stores.redisUrl);
    try {
      await redis.config("SET", "maxmemory", "1");
      const id = await faults.orderOne(faults.takeDate());
      await lookOuts(3);
      expect(await faults.api.run(id)).toMatchObject({ state: "queued" });
      await redis.config("SET", "maxmemory", "0");
      await faults.reaches(id, ENDED);

      await redis.config("SET", "maxmemory-policy", "allkeys-lru");
      const current = faults.stack.worker;
      const refused = faults.stack.startWorker();
      faults.stack.worker = current;
      await eventually("the new worker has ended", 20_000, async () => ({
        done: !refused.alive(),
        seen: refused.output(),
      }));
      expect(refused.output()).toContain("Set it to noeviction");
    } finally {
      await redis.config("SET", "maxmemory-policy", "noeviction");
      redis.disconnect();
    }
  });
});

describe("the web", () => {
  it("row 5: is killed between its commit and the doorbell: the run is started all the same", async () => {
    const date = faults.takeDate();
    let id = "";
    let unanswered: Promise<unknown> = Promise.resolve();
    await withClient(faults.stack.databaseUrl, async (client) => {
      await client.query("begin; lock table backcourt.run in share mode");
      unanswered = faults.order([date]).catch((error: Error) => error);
      await eventually("the order waits to be stored", 10_000, async () => {
        const [row] = await faults.query<{ count: number }>(
          "select count(*)::int as count from pg_locks where not granted and relation = 'backcourt.run'::regclass",
        );
        return { done: row !== undefined && row.count > 0, seen: JSON.stringify(row) };
      });
      // It holds the web at the bell; one started empty has lost the ring for good.
      faults.stores.redis.hang();
      await client.query("commit");
      const committed = async () => {
        const sql = "select id::text as id from backcourt.run where game_date = $1";
        const { rows } = await client.query<{ id: string }>(sql, [date]);
        id = rows[0]?.id ?? "";
        return { done: rows.length > 0, seen: "no row" };
      };
      await eventually("the run is committed", 10_000, committed, 5);
    });
    faults.stack.web.kill("SIGKILL");
    expect(await unanswered).toBeInstanceOf(Error);
    await faults.stores.redis.kill();
    await faults.stores.redis.start();
    await faults.reaches(id, ENDED);
    faults.stack.startWeb();
    await faults.stack.healthy();
  });
});

describe("PostgreSQL", () => {
  it("row 13: is down at the click: refused with the reason, and nothing runs later", async () => {
    const date = faults.takeDate();
    const noted = faults.stub.journal().length;
    await faults.stores.postgres.kill();
    const { status, message } = await faults.order([date]);
    await faults.stores.postgres.start();
    expect({ status, message }).toMatchObject({ status: 503, message: expect.stringMatching(/database/i) });
    await faults.stack.healthy();
    await lookOuts(3);
    expect(await faults.query("select id from backcourt.run where game_date = $1", [date])).toEqual([]);
    expect(faults.stub.journal()).toHaveLength(noted);
  });

  it("row 14: is down in mid-run: the program goes on and ends, its lines and its outcome land later", async () => {
    const date = faults.takeDate();
    faults.stub.plan(date, { lines: 50, hold: true, linesAfter: 8_000 });
    const id = await faults.orderOne(date);
    const reader = faults.read(id);
    await faults.started(id);
    await faults.stores.postgres.kill();
    faults.stub.release(date);
    await programEnds(id);
    await faults.stores.postgres.start();
    await faults.reaches(id, ENDED);
    await reader.ended;
    expect(reader.lines.filter(({ text }) => /^line \d+$/.test(text))).toHaveLength(8_050);
  });
});

describe("the worker's disk", () => {
  it("row 23: is full: the run under way goes on with its log cut, new ones are refused with the reason", async () => {
    const disk = createTinyDisk("400k");
    await faults.stack.worker.stop();
    const worker = faults.stack.startWorker(disk.changes);
    try {
      const [date, other, last] = [faults.takeDate(), faults.takeDate(), faults.takeDate()];
      faults.stub.plan(date, { lines: 50, hold: true, linesAfter: 60_000 });
      const active = await faults.orderOne(date);
      await faults.started(active);
      disk.fill(worker.pid);
      // What cannot be stored now would have to be kept on the disk.
      await faults.stores.postgres.kill();
      faults.stub.release(date);
      await programEnds(active);
      await faults.stores.postgres.start();
      await faults.reaches(active, ENDED);
      expect((await faults.api.run(active)).log.truncated).toBe(true);

      // What the first run had kept there went with it.
      disk.fill(worker.pid);
      const refused = await faults.orderOne(other);
      await faults.reaches(refused, ["refused"]);
      expect((await faults.api.run(refused)).outcome).toMatch(/Nothing was started.*no space left/i);
      disk.empty(worker.pid);
      await faults.reaches(await faults.orderOne(last), ENDED);
    } finally {
      await worker.stop();
      disk.remove();
      faults.stack.startWorker();
    }
  });
});

describe("the warehouse", () => {
  it("row 31: is down, hangs, refuses its reader, or lacks an optional table: said with its time, the rest goes on", async () => {
    const date = faults.takeDate();
    expect(await faults.api.season()).toMatchObject({ stale: null });

    faults.warehouseNetwork.cut();
    await expectStale("down");
    expect((await faults.api.runs()).runs.length).toBeGreaterThan(0);
    const refused = await faults.orderOne(date);
    await faults.api.runOnce(refused, hasEnded, 60_000);
    expect(await faults.api.run(refused)).toMatchObject({
      state: "refused",
      outcome: expect.stringContaining("Nothing was started"),
    });
    faults.warehouseNetwork.mend();
    await expectFresh();

    faults.warehouseNetwork.hang();
    await expectStale("down", "slow");
    faults.warehouseNetwork.mend();
    await expectFresh();

    const reader = "sandbox_test_reader";
    await faults.stack.warehouse.query(`revoke select on bronze.bbref_league_schedule from ${reader}`);
    await expectStale("refused");
    await faults.stack.warehouse.query(`grant select on bronze.bbref_league_schedule to ${reader}`);
    await expectFresh();

    await faults.stack.warehouse.query("alter table gold.ml_game_predictions rename to away");
    await eventually("the missing table is named", 30_000, async () => {
      const { stale, predictionsProblem } = await faults.api.season();
      return {
        done: stale === null && /ml_game_predictions/.test(predictionsProblem ?? ""),
        seen: `${predictionsProblem}`,
      };
    });
    await faults.stack.warehouse.query("alter table gold.away rename to ml_game_predictions");
    await faults.reaches(await faults.orderOne(date), ENDED);
  });
});

async function programEnds(id: string): Promise<void> {
  await eventually("the program has ended", 20_000, async () => {
    const ends = faults.stub.journal().filter(({ what, runId }) => what === "end" && runId === id);
    return { done: ends.length === 1, seen: JSON.stringify(ends) };
  });
}

async function expectStale(...reasons: string[]): Promise<void> {
  await eventually(`coverage is stale: ${reasons.join(" or ")}`, 30_000, async () => {
    const { stale } = await faults.api.season();
    const seen = JSON.stringify(stale);
    return { done: stale !== null && reasons.includes(stale.reason) && Date.parse(stale.since) > 0, seen };
  });
}

async function expectFresh(): Promise<void> {
  await eventually("coverage is fresh", 30_000, async () => {
    const { stale } = await faults.api.season();
    return { done: stale === null, seen: JSON.stringify(stale) };
  });
}

/** Resolves once a worker has looked for runs that may start so many times more. */
async function lookOuts(count: number): Promise<void> {
  const seen = new Set<string>();
  await eventually(`a worker has looked out ${count} times`, 30_000, async () => {
    const [row] = await faults.query<{ at: Date }>("select max(seen_at) as at from backcourt.worker");
    seen.add(String(row?.at));
    return { done: seen.size > count, seen: [...seen].join() };
  });
}
