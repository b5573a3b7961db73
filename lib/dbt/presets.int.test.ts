import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { DBT_PROJECT_KEY } from "@/lib/contracts/dbt";
import { createDb, type Db } from "@/lib/db";
import { saveObservation } from "@/lib/observations/save-observation";
import { testActor } from "@/lib/testing/test-actor";
import { type ConsoleDatabase, createConsoleDatabase } from "@/lib/testing/throwaway-database";
import { createPreset } from "./create-preset";
import { createDbtGraph } from "./dbt-graph";
import { deletePreset } from "./delete-preset";
import { listPresets } from "./list-presets";
import { sampleNode, sampleProject, sampleRunbookProject } from "./testing/sample-project";

const PROJECT = sampleRunbookProject();

let database: ConsoleDatabase;
let db: Db;

beforeAll(async () => {
  database = await createConsoleDatabase();
  db = createDb(database.url, "presets-test");
});
afterAll(async () => {
  await db?.$disconnect();
  await database?.drop();
});
beforeEach(async () => {
  await db.dbtPreset.deleteMany();
  await database.emptyAudit();
  await saveObservation(db, {
    key: DBT_PROJECT_KEY,
    worker: "worker-1",
    seen: { value: { project: PROJECT, outdated: null, contentHash: "1" } },
  });
});

function create(name = "Standings", selectors = ["+standings"], actor = "ada") {
  return createPreset({ db, actor: testActor(actor), request: { name, selectors, fullRefresh: false } });
}

const audit = () => db.auditEntry.findMany({ orderBy: { id: "asc" } });
const listed = () => listPresets(db, createDbtGraph(PROJECT));

describe("presets", () => {
  it("are the runbook's three, and what was saved, by name", async () => {
    await create("Zone");
    const created = await create("Arena", ["standings", "fact_boxscores+"]);
    const presets = await listed();
    expect(presets.map(({ name, fullRefresh, builtIn }) => [name, fullRefresh, builtIn])).toEqual([
      ["After a backfill", false, true],
      ["Schedule, rebuilt", true, true],
      ["Everything, rebuilt", true, true],
      ["Arena", false, false],
      ["Zone", false, false],
    ]);
    expect(presets[0]?.selectors).toEqual(["fact_boxscores+", "fact_pbp_data+"]);
    expect(presets[2]?.selectors).toEqual([]);
    expect(presets[3]).toEqual(created);
    expect(created).toMatchObject({ createdBy: "ada", selectors: ["standings", "fact_boxscores+"] });
    expect(presets.every(({ unavailable }) => unavailable === null)).toBe(true);
    expect(await audit()).toMatchObject([
      { actor: "ada", action: "dbt-preset.create", target: "Zone", result: "accepted" },
      {
        action: "dbt-preset.create",
        target: "Arena",
        params: { selectors: ["standings", "fact_boxscores+"] },
      },
    ]);
  });

  it("say why they cannot be used with another project, or with none", async () => {
    await create();
    const other = createDbtGraph(sampleProject([sampleNode("fact_boxscores")]));
    expect((await listPresets(db, other)).map(({ unavailable }) => unavailable)).toEqual([
      expect.stringContaining("nothing named fact_pbp_data"),
      expect.stringContaining("nothing named fact_schedule_data"),
      null,
      "The dbt project has nothing named standings.",
    ]);
    for (const { unavailable } of await listPresets(db, null))
      expect(unavailable).toBe("The dbt project's models are not known.");
  });

  it("refuse names that are taken, in whatever case, and models that are not there", async () => {
    await create();
    for (const name of ["Standings", "STANDINGS", "everything, rebuilt"])
      await expect(create(name)).rejects.toMatchObject({ code: "conflict" });
    await expect(create("New", ["standigns+"])).rejects.toMatchObject({
      code: "invalid-request",
      fields: [{ path: "selectors.0", message: expect.stringContaining("Did you mean standings?") }],
    });
    await expect(create("New", ["--vars"])).rejects.toMatchObject({ code: "invalid-request" });
    expect(await db.dbtPreset.count()).toBe(1);
    expect(await audit()).toHaveLength(1);
  });

  it("let one of many at once take a name", async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 6 }, (_, n) => create("Same", ["standings"], `op ${n}`)),
    );
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const result of results)
      if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "conflict" });
    expect(await db.dbtPreset.count()).toBe(1);
    expect(await audit()).toHaveLength(1);
  });

  it("cannot be saved while no project is known", async () => {
    await db.observation.deleteMany();
    await expect(create()).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("No worker has looked at the dbt project yet"),
    });
  });

  it("are deleted once, but for the built-in ones", async () => {
    const { id } = await create();
    const both = await Promise.allSettled([
      deletePreset({ db, actor: testActor("bob"), id }),
      deletePreset({ db, actor: testActor("eve"), id }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const [lost] = both.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
    expect(lost).toMatchObject({ code: "not-found" });
    expect((await audit()).map(({ action, target }) => [action, target])).toEqual([
      ["dbt-preset.create", "Standings"],
      ["dbt-preset.delete", "Standings"],
    ]);
    await expect(
      deletePreset({ db, actor: testActor("bob"), id: "built-in:everything" }),
    ).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(deletePreset({ db, actor: testActor("bob"), id: "1' or 1=1" })).rejects.toMatchObject({
      code: "not-found",
    });
    expect(await listed()).toHaveLength(3);
  });
});
