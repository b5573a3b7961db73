import { Client } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createThrowawayDatabase, type ThrowawayDatabase } from "@/lib/testing/throwaway-database";
import { createUnlessUnchanged, type UnlessUnchanged } from "./unless-unchanged";
import { createWarehousePool, type WarehousePool } from "./warehouse-pool";

let database: ThrowawayDatabase;
let admin: Client;
let pool: WarehousePool;
let unlessUnchanged: UnlessUnchanged<string, number>;
let measured: number;

beforeAll(async () => {
  database = await createThrowawayDatabase("unchanged");
  admin = new Client({ connectionString: database.url });
  await admin.connect();
  await admin.query("create table game (n int); insert into game values (1)");
  pool = createWarehousePool(database.url);
});

beforeEach(() => {
  measured = 0;
  unlessUnchanged = createUnlessUnchanged(pool, 2);
});

afterAll(async () => {
  await pool?.end();
  await admin?.end();
  await database?.drop();
});

/** Asks as a reader does, and waits until it is settled what is kept; each measurement gives the next number. */
async function ask(
  key = "season",
  circumstances: readonly unknown[] = [],
  during = async () => {},
): Promise<number> {
  const value = await unlessUnchanged.read(key, circumstances, async () => {
    await during();
    measured += 1;
    return measured;
  });
  await unlessUnchanged.idle();
  return value;
}

describe("createUnlessUnchanged", () => {
  it("measures once while nothing is committed", async () => {
    expect([await ask(), await ask(), await ask()]).toEqual([1, 1, 1]);
  });

  it.each([
    ["a row more", "insert into game values (2)"],
    ["a row changed back to what it was", "update game set n = n"],
    ["a table emptied", "truncate game"],
    ["a column more", "alter table game add column if not exists m int"],
    ["a grant", "grant select on game to public"],
  ])("measures again after %s", async (_name, change) => {
    await ask();
    await admin.query(change);
    expect(await ask()).toBe(2);
  });

  it("does not see what is not committed, and measures again once it is", async () => {
    await ask();
    await admin.query("begin; insert into game values (3)");
    expect(await ask()).toBe(1);
    await admin.query("commit");
    expect(await ask()).toBe(2);
  });

  it("sees an older transaction's end behind a newer one's", async () => {
    const older = new Client({ connectionString: database.url });
    await older.connect();
    await older.query("begin; insert into game values (4)");
    await admin.query("insert into game values (5)");
    await ask();
    await older.query("commit");
    await older.end();
    expect(await ask()).toBe(2);
  });

  it("measures once for two who ask one right after the other", async () => {
    const measure = async () => {
      measured += 1;
      return measured;
    };
    await unlessUnchanged.read("season", [], measure);
    expect(await unlessUnchanged.read("season", [], measure)).toBe(1);
  });

  it("keeps nothing of a measurement during which something was committed", async () => {
    await ask("season", [], async () => {
      await admin.query("insert into game values (6)");
    });
    expect([await ask(), await ask()]).toEqual([2, 2]);
  });

  it("measures while a table is held exclusively, so that the reader is told", async () => {
    await ask();
    await admin.query("begin; lock table game in access exclusive mode");
    const during = await ask();
    await admin.query("rollback");
    expect([during, await ask()]).toEqual([2, 3]);
  });

  it("measures again under other circumstances, and for keys that it has let go", async () => {
    await ask("a", ["today"]);
    expect(await ask("a", ["today"])).toBe(1);
    expect(await ask("a", ["tomorrow"])).toBe(2);
    await ask("b");
    await ask("c");
    expect(await ask("a", ["tomorrow"])).toBe(5);
  });

  it("passes on what measuring throws, and keeps nothing of it", async () => {
    await expect(ask("season", [], () => Promise.reject(new Error("gone")))).rejects.toThrow("gone");
    expect(await ask()).toBe(1);
  });
});
