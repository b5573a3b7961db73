import { setTimeout as sleep } from "node:timers/promises";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createDb, type Db } from "@/lib/db";
import { claimRun, finishRun, heartbeatRun, requestCancel, startVerifying } from "@/lib/runs/run-lifecycle";
import { isFinal } from "@/lib/runs/run-states";
import { type ConsoleDatabase, createConsoleDatabase } from "@/lib/testing/throwaway-database";
import { gatherFacts, recordTransitions } from "./gather-facts";

const RUNS = 500;
const AT_ONCE = 8;
const RULES = { dailyRun: null, secondsPerRequest: 0 };

let database: ConsoleDatabase;
let db: Db;

beforeAll(async () => {
  database = await createConsoleDatabase();
  await recordTransitions(database.adminUrl);
  db = createDb(database.url, "faults");
});
afterAll(async () => {
  await db.$disconnect();
  await database.drop();
});

/** The worker's and the operator's own statements on a real PostgreSQL; over HTTP 30 more are in outcomes.fault.ts. */
it("row 17: of 500 runs, each cancelled at a random moment of its life, every one ends once, as it was told", async () => {
  const told = { cancelledAtOnce: 0, requested: 0, tooLate: 0 };
  const waiting = Array.from({ length: RUNS }, () => uuidv7());
  const raceNext = async (): Promise<void> => {
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      await db.run.create({ data: queuedRun(id) });
      const runId = id;
      const [finished, cancelled] = await Promise.all([
        workThrough(runId),
        sleep(Math.random() * 25).then(() => requestCancel(db, runId, "operator")),
      ]);
      if (cancelled === "cancelled") told.cancelledAtOnce += 1;
      else if (cancelled === "requested") told.requested += 1;
      else told.tooLate += 1;
      // Who was told that it ended at once must not see it worked through, and the other way round.
      expect(finished).toBe(cancelled !== "cancelled");
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, raceNext));

  const { runs, transitions } = await gatherFacts(database.adminUrl);
  const ends = new Map<string, number>();
  for (const { runId, became } of transitions)
    if (isFinal(became)) ends.set(runId, (ends.get(runId) ?? 0) + 1);
  expect(runs).toHaveLength(RUNS);
  expect([...ends.values()].filter((count) => count === 1)).toHaveLength(RUNS);
  expect(runs.filter(({ claimed, finished }) => claimed || !finished)).toEqual([]);
  console.log(`row 17: ${JSON.stringify(told)}`);
  // Each moment was met, or the test has proved less than it says.
  expect(Math.min(...Object.values(told))).toBeGreaterThan(0);
});

/** What a worker does with a run, with pauses in between; true when the terminal record was its own. */
async function workThrough(runId: string): Promise<boolean> {
  const token = uuidv7();
  await sleep(Math.random() * 4);
  if (!(await claimRun(db, { runId, kind: "backfill", worker: "w", token, rules: RULES }))) return false;
  await sleep(Math.random() * 4);
  const { cancelled } = await heartbeatRun(db, runId, token);
  if (!cancelled) await startVerifying(db, { runId, token, exitCode: 0, signal: null });
  return finishRun(db, runId, token, {
    state: cancelled ? "cancelled" : "succeeded",
    outcome: cancelled ? "Cancelled." : "Done.",
  });
}

function queuedRun(id: string) {
  return {
    id,
    kind: "backfill",
    params: {},
    title: "Backfill",
    argv: ["true"],
    cwd: "/",
    lockKey: id,
    targetKey: id,
    requestedBy: "test",
  };
}
