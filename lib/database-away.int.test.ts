import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CuttableNetwork, openCuttableNetwork } from "@/e2e/stack/cuttable-network";
import { createDb, type Db } from "@/lib/db";
import { createConsoleDatabase, type ThrowawayDatabase } from "@/lib/testing/throwaway-database";
import { isDatabaseAway } from "./database-away";

let database: ThrowawayDatabase;
let network: CuttableNetwork;
let direct: Db;
let through: Db;

beforeAll(async () => {
  database = await createConsoleDatabase();
  network = await openCuttableNetwork(database.url);
  direct = createDb(database.url, "direct");
  through = createDb(network.url, "through");
});
afterAll(async () => {
  await through.$disconnect();
  await direct.$disconnect();
  await network.close();
  await database.drop();
});

/** What `work` fails with. */
const failureOf = (work: () => Promise<unknown>) =>
  work().then(
    () => "it did not fail",
    (error: unknown) => error,
  );

const WORK: [string, (db: Db) => Promise<unknown>][] = [
  ["a query of the client", (db) => db.run.findFirst()],
  ["a raw query", (db) => db.$queryRaw`select 1`],
  ["a raw statement", (db) => db.$executeRaw`update backcourt.run set state = state`],
  ["a transaction", (db) => db.$transaction(async (transaction) => transaction.run.count())],
];

describe("isDatabaseAway", () => {
  it.each(WORK)("knows %s that finds nobody, on an old connection and on a new one", async (_name, work) => {
    await work(through);
    network.cut();
    const failures = [await failureOf(() => work(through)), await failureOf(() => work(through))];
    network.mend();
    expect(failures.map(isDatabaseAway)).toEqual([true, true]);
    await work(through);
  });

  it("knows a session that the server has ended in the middle of its statement", async () => {
    const slow = failureOf(() => through.$queryRaw`select pg_sleep(60)`);
    for (let ended = 0; ended === 0; ) {
      const rows = await direct.$queryRaw<unknown[]>`
        select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = 'through' and query like '%pg_sleep%' and state = 'active'`;
      ended = rows.length;
    }
    expect(isDatabaseAway(await slow)).toBe(true);
  });

  it.each<[string, (db: Db) => Promise<unknown>]>([
    ["a statement that is wrong", (db) => db.$queryRaw`select nothing from nowhere`],
    ["a value that is refused", (db) => db.$queryRaw`select 'x'::uuid`],
    ["a row that is not there", (db) => db.run.findFirstOrThrow()],
    ["a defect of ours", () => Promise.reject(new TypeError("undefined is not a function"))],
  ])("does not take %s for it", async (_name, work) => {
    expect(isDatabaseAway(await failureOf(() => work(direct)))).toBe(false);
  });
});
