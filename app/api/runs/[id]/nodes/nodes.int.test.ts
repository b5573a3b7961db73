import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { dbtNodeResultsSchema, dbtNodeSqlSchema } from "@/lib/contracts/run-kinds/dbt";
import { createDb, type Db } from "@/lib/db";
import { storeNodeResults } from "@/lib/dbt-results/store-node-results";
import { signedInPerson, TEST_AUTH_SECRET } from "@/lib/testing/signed-in";
import {
  createConsoleDatabase,
  requireTestService,
  type ThrowawayDatabase,
} from "@/lib/testing/throwaway-database";

type Route = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

let database: ThrowawayDatabase;
let db: Db;
let cookie: string;
let nodes: Route;
let sql: Route;
const RUN = uuidv7();
const FAILED = "test.nba.unique_standings_team.1a2b";

beforeAll(async () => {
  database = await createConsoleDatabase();
  db = createDb(database.url, "nodes-test");
  await db.run.create({
    data: {
      id: RUN,
      kind: "dbt",
      params: { select: [], fullRefresh: false },
      title: "dbt build of everything",
      argv: [],
      cwd: "/",
      lockKey: "dbt",
      targetKey: "dbt",
      requestedBy: "test",
    },
  });
  const node = { startedAt: null, seconds: 1, rows: 2, message: null, compiledSql: null };
  await storeNodeResults(db, { runId: RUN, fullRefresh: false }, [
    {
      ...node,
      uniqueId: "model.nba.standings",
      name: "standings",
      type: "model",
      position: 0,
      status: "success",
    },
    {
      ...node,
      uniqueId: FAILED,
      name: "unique_standings_team",
      type: "test",
      position: 1,
      status: "fail",
      compiledSql: "select 1",
    },
  ]);
  vi.stubEnv("DATABASE_URL", database.url);
  vi.stubEnv("WAREHOUSE_URL", database.url);
  vi.stubEnv("REDIS_URL", requireTestService("BACKCOURT_TEST_REDIS_URL"));
  vi.stubEnv("LOG_LEVEL", "fatal");
  vi.stubEnv("AUTH_SECRET", TEST_AUTH_SECRET);
  ({ cookie } = await signedInPerson(db, "operator"));
  ({ GET: nodes } = await import("./route"));
  ({ GET: sql } = await import("./[uniqueId]/sql/route"));
});

afterAll(async () => {
  vi.unstubAllEnvs();
  const { getServer } = await import("@/app/api/server");
  await getServer().db.$disconnect();
  await db.$disconnect();
  await database.drop();
});

function get(route: Route, params: Record<string, string>): Promise<Response> {
  const request = new Request("http://localhost:3000/api/runs", {
    headers: { host: "localhost:3000", cookie },
  });
  return route(request, { params: Promise.resolve(params) });
}

describe("a run's nodes", () => {
  it("are listed in their order, and the SQL of what failed is one look away", async () => {
    const listed = dbtNodeResultsSchema.parse(await (await get(nodes, { id: RUN })).json());
    expect(listed.map(({ name, status, hasSql }) => [name, status, hasSql])).toEqual([
      ["standings", "success", false],
      ["unique_standings_team", "fail", true],
    ]);
    const found = await get(sql, { id: RUN, uniqueId: FAILED });
    expect(dbtNodeSqlSchema.parse(await found.json())).toMatchObject({ uniqueId: FAILED, sql: "select 1" });
  });

  it.each<[string, () => Route, Record<string, string>]>([
    ["a run that does not exist", () => nodes, { id: uuidv7() }],
    ["an id that is none", () => nodes, { id: "..%2f" }],
    ["the SQL of a run that does not exist", () => sql, { id: uuidv7(), uniqueId: FAILED }],
    ["the SQL of another node", () => sql, { id: RUN, uniqueId: "model.nba.nothing" }],
    ["SQL that was not kept", () => sql, { id: RUN, uniqueId: "model.nba.standings" }],
    ["an id with NUL", () => sql, { id: RUN, uniqueId: "model\u0000" }],
  ])("404: %s", async (_name, route, params) => {
    const response = await get(route(), params);
    expect(response.status).toBe(404);
    expect((await response.json()).error.code).toBe("not-found");
  });
});
