import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createDb, type Db } from "@/lib/db";
import { createConsoleDatabase, type ThrowawayDatabase } from "@/lib/testing/throwaway-database";
import { getNodeSql } from "./get-node-sql";
import { listNodeResults } from "./list-node-results";
import { readBuildOverhead } from "./read-build-overhead";
import { type NodeResult, storeNodeResults } from "./store-node-results";

let database: ThrowawayDatabase;
let db: Db;

beforeAll(async () => {
  database = await createConsoleDatabase();
  db = createDb(database.url, "node-results-test");
});
afterAll(async () => {
  await db?.$disconnect();
  await database?.drop();
});
beforeEach(async () => {
  await db.run.deleteMany();
});

const STARTED = new Date("2026-11-22T20:00:00Z");

/** A build that took `seconds`; later ones have greater ids. */
async function createBuild(seconds = 20, state: "succeeded" | "cancelled" = "succeeded"): Promise<string> {
  const id = uuidv7();
  await db.run.create({
    data: {
      id,
      kind: "dbt",
      params: { select: [], fullRefresh: false },
      title: "dbt build of everything",
      argv: [],
      cwd: "/",
      lockKey: "dbt",
      targetKey: id,
      requestedBy: "test",
      state,
      startedAt: STARTED,
      finishedAt: new Date(STARTED.getTime() + seconds * 1_000),
    },
  });
  return id;
}

const moment = (seconds: number) => new Date(STARTED.getTime() + seconds * 1_000).toISOString();

function result(name: string, given: Partial<NodeResult> = {}): NodeResult {
  return {
    uniqueId: `model.nba.${name}`,
    name,
    type: "model",
    position: 0,
    status: "success",
    startedAt: moment(3),
    seconds: 2,
    rows: 30,
    message: null,
    compiledSql: null,
    ...given,
  };
}

const store = (runId: string, results: NodeResult[], fullRefresh = false) =>
  storeNodeResults(db, { runId, fullRefresh }, results);

describe("node results", () => {
  it("are replaced as they change, and listed in the order in which they began", async () => {
    const run = await createBuild();
    const running = { status: "running", seconds: null, rows: null } as const;
    await store(run, [result("b", { ...running, position: 1 }), result("a", { ...running })]);
    await store(run, []);
    expect(await listNodeResults(db, run)).toMatchObject([
      { name: "a", status: "running", seconds: null, startedAt: moment(3) },
      { name: "b", status: "running" },
    ]);
    await store(run, [
      result("b", {
        position: 1,
        status: "error",
        message: "no\u0000 \ud800",
        compiledSql: "select 1",
        rows: 2 ** 40,
      }),
    ]);
    expect((await listNodeResults(db, run))[1]).toEqual({
      uniqueId: "model.nba.b",
      name: "b",
      type: "model",
      status: "error",
      startedAt: moment(3),
      seconds: 2,
      rows: 2 ** 40,
      message: "no\ufffd \ufffd",
      hasSql: true,
      usualSeconds: null,
    });
  });

  it("stand beside the middle of their own last ten ends, full refreshes apart", async () => {
    for (const seconds of [900, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
      await store(await createBuild(), [result("a", { seconds })]);
    await store(await createBuild(), [result("a", { seconds: 500 })], true);
    await store(await createBuild(), [result("a", { status: "error", seconds: 700 })]);
    await store(await createBuild(), [result("a", { status: "cancelled", seconds: null })]);
    const usual = await createBuild();
    await store(usual, [result("a"), result("new", { position: 1 })]);
    const rebuilt = await createBuild();
    await store(rebuilt, [result("a")], true);
    await store(await createBuild(), [result("a", { seconds: 10_000 })]);
    expect((await listNodeResults(db, usual)).map(({ usualSeconds }) => usualSeconds)).toEqual([5.5, null]);
    expect((await listNodeResults(db, rebuilt)).map(({ usualSeconds }) => usualSeconds)).toEqual([500]);
  });

  it("of a test stand beside every end of it: what it found and how it was built count alike", async () => {
    const test = { uniqueId: "test.nba.t.1", type: "test" };
    await store(await createBuild(), [result("t", { ...test, status: "fail", seconds: 1 })]);
    await store(await createBuild(), [result("t", { ...test, status: "pass", seconds: 3 })], true);
    const run = await createBuild();
    await store(run, [result("t", { ...test, status: "pass" })]);
    expect((await listNodeResults(db, run))[0]?.usualSeconds).toBe(2);
  });
});

describe("the SQL of what failed", () => {
  it("is given by run and node, and for nothing else", async () => {
    const run = await createBuild();
    await store(run, [
      result("a", { status: "error", compiledSql: "select 1" }),
      result("b", { position: 1 }),
    ]);
    expect(await getNodeSql(db, run, "model.nba.a")).toEqual({
      uniqueId: "model.nba.a",
      name: "a",
      sql: "select 1",
    });
    await expect(getNodeSql(db, run, "model.nba.b")).rejects.toMatchObject({
      code: "not-found",
      message: expect.stringContaining("only that of what failed"),
    });
    for (const id of ["model.nba.c", "", "../../a", "a\u0000"])
      await expect(getNodeSql(db, run, id)).rejects.toMatchObject({ code: "not-found" });
    await expect(getNodeSql(db, await createBuild(), "model.nba.a")).rejects.toMatchObject({
      code: "not-found",
    });
  });
});

describe("readBuildOverhead", () => {
  it("is the middle of what builds took beside their nodes, those that were cut off left out", async () => {
    expect(await readBuildOverhead(db)).toBeNull();
    for (const seconds of [12, 16, 40]) {
      // From the third to the tenth second something was built.
      const run = await createBuild(seconds);
      await store(run, [result("a"), result("b", { position: 1, startedAt: moment(5), seconds: 5 })]);
    }
    await store(await createBuild(900, "cancelled"), [result("a")]);
    expect(await readBuildOverhead(db)).toBeCloseTo(9);
  });
});
