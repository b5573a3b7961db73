import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunState } from "@/lib/contracts/runs";
import { createDb, type Db } from "@/lib/db";
import { createConsoleDatabase, type ThrowawayDatabase } from "@/lib/testing/throwaway-database";
import { listRuns } from "./list-runs";
import type { SurroundingsOptions } from "./queue-surroundings";

let database: ThrowawayDatabase;
let db: Db;
let options: SurroundingsOptions;
const ids: string[] = [];

const STATES: RunState[] = ["succeeded", "no_effect", "succeeded", "running", "queued", "queued", "failed"];

beforeAll(async () => {
  database = await createConsoleDatabase();
  db = createDb(database.url, "list-test");
  options = {
    db,
    rules: { dailyRun: null, secondsPerRequest: 3 },
    doorbellUp: () => true,
    now: () => new Date(),
    findForeignBuild: async () => null,
  };
  const queuedAt = new Date();
  for (const [index, state] of STATES.entries()) {
    const id = uuidv7();
    ids.push(id);
    await db.run.create({
      data: {
        id,
        kind: index === 4 ? "dbt" : "backfill",
        params: { runDate: "2026-11-21" },
        title: `Backfill ${index}`,
        gameDate: index < 3 ? "2026-11-20" : "2026-11-21",
        argv: [],
        cwd: "/",
        lockKey: "ingestion",
        targetKey: `t${index}`,
        requestedBy: "test",
        state,
        // One moment for all, as the runs of one order have.
        queuedAt,
        startedAt: state === "running" ? queuedAt : null,
      },
    });
  }
  await db.$executeRaw`insert into backcourt.worker values ('w', 'h', 1, now(), now(), null)`;
});
afterAll(async () => {
  await db.$disconnect();
  await database.drop();
});

describe("listRuns", () => {
  it("gives every run once over its pages, newest first, though all were queued at one moment", async () => {
    const seen: string[] = [];
    for (let before: string | undefined; ; ) {
      const page = await listRuns(options, { limit: 3, before });
      seen.push(...page.runs.map((run) => run.id));
      if (page.nextBefore === null) break;
      before = page.nextBefore;
    }
    expect(seen).toEqual([...ids].reverse());
  });

  it.each([
    ["queued", 2],
    ["active", 3],
    ["attention", 2],
    [undefined, 7],
  ] as const)("filters by %s", async (state, count) => {
    expect((await listRuns(options, { limit: 50, state })).runs).toHaveLength(count);
  });

  it("filters by date", async () => {
    expect((await listRuns(options, { limit: 50, date: "2026-11-20" })).runs).toHaveLength(3);
  });

  it("filters by kind", async () => {
    expect((await listRuns(options, { limit: 50, kind: "dbt" })).runs.map((run) => run.id)).toEqual([ids[4]]);
    expect((await listRuns(options, { limit: 50, kind: "backfill" })).runs).toHaveLength(6);
  });

  it("says of a queued run that it is behind the one that runs", async () => {
    const { runs } = await listRuns(options, { limit: 50, state: "queued" });
    expect(runs[0]?.waiting).toMatchObject({ for: "lock", runId: ids[3], text: "Behind Backfill 3." });
  });
});
