import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { Client } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { createThrowawayWarehouse, type ThrowawayWarehouse } from "@/sandbox/testing/throwaway-warehouse";
import { seedWarehouse } from "@/sandbox/warehouse/seed";
import { type CoverageReader, createCoverageReader } from "./coverage-reader";
import { measureBackfill } from "./measure-backfill";
import { createWarehousePool, type WarehousePool } from "./warehouse-pool";

const ANCHOR = "2025-02-12";
const NOW = new Date("2025-02-12T17:00:00Z");
const DAY = "2025-02-10";

let warehouse: ThrowawayWarehouse;
let pool: WarehousePool;
let reader: CoverageReader;
let clock: Date;

beforeAll(async () => {
  warehouse = await createThrowawayWarehouse();
  await seedWarehouse({ client: warehouse.admin, now: NOW, anchorDate: ANCHOR });
  pool = createWarehousePool(warehouse.readerUrl);
});

beforeEach(() => {
  clock = NOW;
  reader = openReader(pool);
});

afterAll(async () => {
  await reader?.idle();
  await pool?.end();
  await warehouse?.drop();
});

function openReader(on: WarehousePool): CoverageReader {
  return createCoverageReader({ pool: on, now: () => clock, listWaivers: async () => [] });
}

function later(minutes: number): void {
  clock = new Date(clock.getTime() + minutes * 60_000);
}

/** Holds a table as the ingestion's upsert does, while `work` is done. */
async function whileLocked<Result>(table: string, work: () => Promise<Result>): Promise<Result> {
  const writer = new Client({ connectionString: warehouse.pipelineUrl });
  await writer.connect();
  await writer.query(`begin; lock table ${table} in access exclusive mode`);
  try {
    return await work();
  } finally {
    await writer.query("rollback");
    await writer.end();
  }
}

describe("a table that a backfill holds", () => {
  it("gives the last known coverage without waiting for the lock, and recovers", async () => {
    const known = await reader.season(null);
    await reader.date(DAY);
    await whileLocked("bronze.bbref_player_pbp", async () => {
      later(1);
      const stale = await reader.season(null);
      expect(stale.stale).toMatchObject({ since: clock.toISOString(), reason: "being-written" });
      expect(stale.stale?.message).toContain("bronze.bbref_player_pbp is being written");
      expect({ dates: stale.dates, measuredAt: stale.measuredAt }).toEqual({
        dates: known.dates,
        measuredAt: known.measuredAt,
      });
      const since = clock;
      later(1);
      expect((await reader.date(DAY)).stale?.since).toBe(since.toISOString());
    });
    expect((await reader.season(null)).stale).toBeNull();
  });

  it("is refused with the reason when nothing is known yet", async () => {
    await whileLocked("bronze.bbref_player_boxscores", async () => {
      await expect(openReader(pool).season(null)).rejects.toMatchObject({
        code: "warehouse-unavailable",
        reason: "being-written",
      });
    });
  });

  it("is measured for a receipt as soon as it is free, until the deadline", async () => {
    const slept: number[] = [];
    const options = (release: () => Promise<unknown>) => ({
      pool,
      date: DAY,
      listWaivers: async () => [],
      now: () => clock,
      sleep: async (ms: number) => {
        slept.push(ms);
        clock = new Date(clock.getTime() + ms);
        await release();
      },
      deadlineMs: 1_000,
    });
    const writer = new Client({ connectionString: warehouse.pipelineUrl });
    await writer.connect();
    const lock = "begin; lock table bronze.bbref_player_boxscores in access exclusive mode";
    try {
      await writer.query(lock);
      const measured = await measureBackfill(options(() => writer.query("rollback")));
      expect(slept).toHaveLength(1);
      expect(measured.state).toBe("whole");
      expect(measured.games[0]).toMatchObject({
        standing: "expected",
        boxscores: { present: true, newest: "2025-02-11T12:01:07.000Z" },
        pbp: { present: true, newest: "2025-02-11T12:01:49.000Z" },
      });
      await writer.query(lock);
      await expect(measureBackfill(options(async () => undefined))).rejects.toMatchObject({
        code: "warehouse-unavailable",
        reason: "being-written",
      });
      expect(slept.length).toBeLessThanOrEqual(1 + 4);
    } finally {
      await writer.end();
    }
  });
});

describe("a role without a grant", () => {
  it("is told which grant bronze needs", async () => {
    await reader.season(null);
    await warehouse.admin.query("revoke select on bronze.bbref_player_pbp from sandbox_test_reader");
    try {
      const { stale } = await reader.season(null);
      expect(stale?.reason).toBe("refused");
      expect(stale?.message).toContain("GRANT SELECT ON bronze.bbref_player_pbp TO sandbox_test_reader");
    } finally {
      await warehouse.admin.query("grant select on bronze.bbref_player_pbp to sandbox_test_reader");
    }
  });

  it("goes on without silver, and says which grant silver needs", async () => {
    await reader.season(null);
    await warehouse.admin.query("revoke select on silver.fact_boxscores from sandbox_test_reader");
    try {
      const { stale, silverMeasured, notices } = await reader.season(null);
      expect({ stale, silverMeasured }).toEqual({
        stale: null,
        silverMeasured: { boxscores: false, pbp: true },
      });
      expect(notices[0]?.message).toContain("GRANT SELECT ON silver.fact_boxscores TO sandbox_test_reader");
    } finally {
      await warehouse.admin.query("grant select on silver.fact_boxscores to sandbox_test_reader");
    }
  });

  it("cannot write, whatever it is granted", async () => {
    const writing = createWarehousePool(warehouse.pipelineUrl);
    try {
      await expect(
        writing.query({ tables: ["gold.feature_flags"], text: "delete from gold.feature_flags" }, {
          parse: String,
        } as never),
      ).rejects.toThrow("read-only transaction");
    } finally {
      await writing.end();
    }
  });
});

describe("a warehouse that is gone", () => {
  it("is down since its first silence, and up again by itself", async () => {
    const door = await openDoor(warehouse.readerUrl);
    const through = createWarehousePool(door.url);
    try {
      const away = openReader(through);
      const known = await away.season(null);
      await away.idle();
      await door.close();
      later(2);
      const since = clock.toISOString();
      const first = await away.season(null);
      expect(first.stale).toMatchObject({ reason: "down", since });
      expect(first.stale?.message).not.toMatch(/127\.0\.0\.1|localhost|sandbox-test/);
      expect(first.dates).toEqual(known.dates);
      later(3);
      expect((await away.season(null)).stale?.since).toBe(since);
      await expect(away.date(DAY)).rejects.toMatchObject({ code: "warehouse-unavailable" });
      await expect(through.ping()).rejects.toMatchObject({ reason: "down" });
      await door.open();
      expect((await away.season(null)).stale).toBeNull();
      await away.idle();
    } finally {
      await through.end();
      await door.close();
    }
  });

  it("is down when it falls silent without a word", async () => {
    const door = await openDoor(warehouse.readerUrl);
    const through = createWarehousePool(door.url);
    try {
      const away = openReader(through);
      await away.season(null);
      await away.idle();
      door.freeze();
      const began = performance.now();
      expect((await away.season(null)).stale?.reason).toBe("down");
      expect(performance.now() - began).toBeLessThan(10_000);
    } finally {
      await door.close();
      await through.end();
    }
  });

  it("is slow when a statement runs into its timeout, and so is who waits behind it", async () => {
    const narrow = createWarehousePool(warehouse.readerUrl, { max: 1 });
    const sleeping = { tables: ["gold.standings"], text: "select pg_sleep(5)" };
    try {
      const both = await Promise.allSettled([1, 2].map(() => narrow.query(sleeping, z.unknown())));
      expect(both).toMatchObject([1, 2].map(() => ({ reason: { reason: "slow" } })));
    } finally {
      await narrow.end();
    }
  });
});

/** A door to PostgreSQL that can be shut, or fall silent. */
async function openDoor(target: string) {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let frozen = false;
  const pass = (from: Socket, to: Socket) => {
    sockets.add(from);
    from.on("data", (data) => frozen || to.write(data));
    from.on("error", () => to.destroy());
    from.on("close", () => {
      sockets.delete(from);
      to.destroy();
    });
  };
  const server: Server = createServer((socket) => {
    const upstream = connect(Number(port), hostname);
    pass(socket, upstream);
    pass(upstream, socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const at = (server.address() as AddressInfo).port;
  const url = new URL(target);
  url.hostname = "127.0.0.1";
  url.port = String(at);
  return {
    url: url.href,
    freeze: () => {
      frozen = true;
    },
    async open() {
      server.listen(at, "127.0.0.1");
      await once(server, "listening");
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      if (!server.listening) return;
      server.close();
      await once(server, "close");
    },
  };
}
