import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { DBT_PROJECT_KEY } from "@/lib/contracts/dbt";
import { createDb, type Db } from "@/lib/db";
import { sampleRunbookProject } from "@/lib/dbt/testing/sample-project";
import { saveObservation } from "@/lib/observations/save-observation";
import { signedInPerson, TEST_AUTH_SECRET } from "@/lib/testing/signed-in";
import {
  createConsoleDatabase,
  createThrowawayDatabase,
  requireTestService,
  type ThrowawayDatabase,
} from "@/lib/testing/throwaway-database";
import { seededRandom } from "@/sandbox/season/seeded-random";

let database: ThrowawayDatabase;
let warehouse: ThrowawayDatabase;
let db: Db;
let cookie: string;
let post: (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;
let preview: typeof post;

beforeAll(async () => {
  [database, warehouse] = await Promise.all([createConsoleDatabase(), createThrowawayDatabase("hostile")]);
  db = createDb(database.url, "hostile-test");
  await saveObservation(db, {
    key: DBT_PROJECT_KEY,
    worker: "w1",
    seen: { value: { project: sampleRunbookProject(), outdated: null, contentHash: "x" } },
  });
  vi.stubEnv("DATABASE_URL", database.url);
  vi.stubEnv("WAREHOUSE_URL", warehouse.url);
  vi.stubEnv("REDIS_URL", requireTestService("BACKCOURT_TEST_REDIS_URL"));
  vi.stubEnv("DBT_CWD", "/srv/dbt");
  vi.stubEnv("DBT_COMMAND", '["false"]');
  vi.stubEnv("LOG_LEVEL", "fatal");
  vi.stubEnv("AUTH_SECRET", TEST_AUTH_SECRET);
  ({ cookie } = await signedInPerson(db, "operator"));
  ({ POST: post } = await import("./route"));
  ({ POST: preview } = await import("./preview/route"));
});

afterAll(async () => {
  vi.unstubAllEnvs();
  const { getServer } = await import("@/app/api/server");
  await getServer().db.$disconnect();
  await db.$disconnect();
  await Promise.all([database.drop(), warehouse.drop()]);
});

function send(route: typeof post, select: unknown, fullRefresh: unknown = false): Promise<Response> {
  const request = new Request("http://localhost:3000/api/runs", {
    method: "POST",
    headers: {
      "content-type": "application/json",
      host: "localhost:3000",
      origin: "http://localhost:3000",
      cookie,
    },
    body: JSON.stringify({ kind: "dbt", params: [{ select, fullRefresh }] }),
  });
  return route(request, { params: Promise.resolve({}) });
}

const KNOWN = ["fact_boxscores", "fact_pbp_data", "standings", "unique_fact_boxscores_player"];
/** What dbt, a shell, or a careless parser would read as something else than a name; `N` is a known one. */
const HOSTILE = [
  "",
  " ",
  "-",
  "--",
  "-f",
  "--full-refresh",
  "--target",
  "--target dev",
  "--target=dev",
  "--vars",
  "--vars {a: 1}",
  "--profiles-dir",
  "--profiles-dir=/tmp",
  "--project-dir /",
  "--exclude N",
  "-s",
  "--selector",
  "-N",
  "--N",
  "*",
  "N*",
  "?",
  "fact_*",
  "[a-z]",
  "@N",
  "@",
  "+@N",
  "path:models",
  "path:N",
  "file:N.sql",
  "N.sql",
  "N.py",
  "N.csv",
  "tag:N",
  "tag:*",
  "config.materialized:table",
  "config.materialized:incremental,N",
  "source:*",
  "source:bronze",
  "exposure:*",
  "state:modified",
  "state:modified+",
  "result:error",
  "test_type:data",
  "resource_type:model",
  "fqn:N",
  "package:nba",
  "version:latest",
  "access:public",
  "N,standings",
  "N standings",
  "N\tstandings",
  "N\nstandings",
  "N\n",
  "\nN",
  "N\r",
  "N\u0000",
  "\u0000",
  "N\u2028",
  "N ",
  " N",
  "N;id",
  "N&&id",
  "N|id",
  "$(id)",
  "`id`",
  "$IFS",
  "N>x",
  "N<x",
  "'N'",
  '"N"',
  "N'",
  "\\N",
  "N\\",
  "%N%",
  "{{ N }}",
  "{% N %}",
  "../N",
  "/N",
  "./N",
  "~N",
  "..",
  ".",
  "...",
  "models/N",
  "N/",
  "N..",
  "\uff0d\uff0dtarget",
  "\u2013f",
  "f\u0430ct_boxscores",
  "fact_boxscores\u0301",
  "\u0661+N",
  "++N",
  "N++",
  "+",
  "++",
  "1+",
  "+1",
  "1+2",
  "0+N",
  "N+0",
  "00+N",
  "100+N",
  "N+100",
  "-1+N",
  "N+-1",
  "1.5+N",
  "1+N+1+",
  "N+1+1",
  "+N+N",
  "N+N+",
  "nobody_has_this",
  "nobody_has_this+",
  "2+nobody_has_this+2",
  "box_scores",
  "NULL",
  "null",
  "undefined",
  "__proto__",
  "constructor",
  "toString",
  "N".repeat(60),
  "x".repeat(401),
  "1",
  "42",
  "1_000",
] as const;

/** Other shapes than a list of texts. */
const SHAPES: unknown[] = [
  null,
  "fact_boxscores",
  7,
  {},
  [7],
  [null],
  [["fact_boxscores"]],
  [{ name: "x" }],
  { 0: "x", length: 1 },
];

/** A thousand selections, each with something hostile in it, alone or between good ones. */
function hostileSelections(): unknown[] {
  const random = seededRandom("hostile selections");
  const chance = () => random.next();
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(chance() * items.length)] as Item;
  const selections: unknown[] = [...SHAPES, ...HOSTILE.map((text) => [text.replaceAll("N", pick(KNOWN))])];
  while (selections.length < 1_000) {
    const good = KNOWN.filter(() => chance() < 0.5).map(
      (name) => `${pick(["", "+", "2+"])}${name}${pick(["", "+", "+3"])}`,
    );
    const bad = pick(HOSTILE).replaceAll("N", pick(KNOWN));
    const twice = chance() < 0.3 ? [pick(HOSTILE).replaceAll("N", pick(KNOWN))] : [];
    selections.push(random.shuffle([...good, bad, ...twice]));
  }
  return selections;
}

function children(): string[] {
  return readdirSync("/proc/self/task").flatMap((task) =>
    readFileSync(`/proc/self/task/${task}/children`, "utf8").split(" ").filter(Boolean),
  );
}

describe("selections that are none", () => {
  it("are refused with the reason, all thousand; nothing is stored but that they were, and nothing starts", async () => {
    const before = children();
    const selections = hostileSelections();
    const accepted: unknown[] = [];
    for (const select of selections) {
      const response = await send(post, select);
      const { error } = await response.json();
      if (response.status !== 400 || error.code !== "invalid-request" || !error.message)
        accepted.push(select);
    }
    expect(accepted).toEqual([]);
    expect(await db.run.count()).toBe(0);
    expect(await db.auditEntry.count({ where: { action: "run.create", result: "invalid-request" } })).toBe(
      1_000,
    );
    expect(children()).toEqual(before);
  }, 120_000);

  it("have no preview either", async () => {
    for (const text of HOSTILE) expect([text, (await send(preview, [text])).status]).toEqual([text, 400]);
  }, 60_000);

  it("name what is wrong, and the nearest that is right", async () => {
    const { error } = await (await send(post, ["standings", "fact_boxscore+", "--vars"])).json();
    expect(error.fields).toMatchObject([
      { path: "params.0.select.2", message: expect.stringContaining("is not a selection") },
    ]);
    const unknown = await (await send(post, ["standings", "fact_boxscore+"])).json();
    expect(unknown.error.fields).toMatchObject([
      { path: "params.0.select.1", message: expect.stringContaining("Did you mean fact_boxscores?") },
    ]);
  });

  it("leave the good ones as they are: a name, with + or a number of levels", async () => {
    for (const select of [["fact_boxscores+", "2+standings"], []])
      expect((await send(preview, select)).status).toBe(200);
  });
});
