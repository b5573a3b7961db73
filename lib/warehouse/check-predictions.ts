import { z } from "zod";
import { isGameDate } from "@/lib/game-date";
import type { FindingCheck } from "@/lib/predictions/finding-lines";
import { type FindingSurroundings, findingCondition, type RowFinding } from "./prediction-finding-conditions";
import { predictionRelation, StatementValues } from "./prediction-relation";
import type { PredictionTable } from "./prediction-tables";
import type { PredictionsView } from "./predictions-view";
import { readDaysOfText } from "./read-prediction-rows";
import { WarehouseError } from "./warehouse-error";
import type { WarehousePool } from "./warehouse-pool";

/** What the whole table shows: how many rows, and how many for each finding. */
export type CheckedPredictions = { total: number; checks: Record<RowFinding, FindingCheck> };

/** Findings that one pass over the rows tells. */
const OF_ROWS = ["out-of-range", "not-summing", "unreadable-date"] as const;

/**
 * Counts the rows of every finding. One that takes too long, or whose tables may not be read, says so and leaves
 * the others.
 * @throws WarehouseError when the predictions themselves cannot be read
 */
export async function checkPredictions(
  pool: WarehousePool,
  view: PredictionsView,
  table: PredictionTable,
): Promise<CheckedPredictions> {
  const given = await findingSurroundings(pool, view, table);
  const [rows, tables] = await Promise.all([countOfRows(pool, given), countOfTables(pool, given)]);
  return { total: rows.total, checks: { ...rows.checks, ...tables } };
}

/** What a finding's condition needs to know; reads a text column's dates. @throws WarehouseError */
export async function findingSurroundings(
  pool: WarehousePool,
  { shape, teams }: PredictionsView,
  table: PredictionTable,
): Promise<FindingSurroundings> {
  const days = await readDaysOfText(pool, table);
  const impossibleDays = days.filter((day) => !isGameDate(day));
  return { table, sources: shape.sources, teams, impossibleDays };
}

const rowCounts = z.object({
  total: z.number(),
  "out-of-range": z.number(),
  "not-summing": z.number(),
  "unreadable-date": z.number(),
});

async function countOfRows(pool: WarehousePool, given: FindingSurroundings) {
  const values = new StatementValues();
  const counts = OF_ROWS.map((finding) => {
    const condition = findingCondition(finding, given, values);
    return `count(*) filter (where ${"sql" in condition ? condition.sql : "false"})::int as "${finding}"`;
  });
  const [found] = await pool.query(
    {
      tables: [given.table.table],
      text: `select count(*)::int as total, ${counts.join(", ")} from ${predictionRelation(given.table)}`,
      values: values.list,
    },
    rowCounts,
  );
  const checkOf = (finding: (typeof OF_ROWS)[number]): FindingCheck => ({ count: found?.[finding] ?? 0 });
  return {
    total: found?.total ?? 0,
    checks: {
      "out-of-range": checkOf("out-of-range"),
      "not-summing": checkOf("not-summing"),
      "unreadable-date": checkOf("unreadable-date"),
    },
  };
}

/** One after the other: nobody waits for them, and the pool's few connections serve every page. */
async function countOfTables(pool: WarehousePool, given: FindingSurroundings) {
  return {
    duplicate: await attempt(() => countDuplicates(pool, given.table)),
    "without-game": await countWithoutGame(pool, given),
    "after-tip-off": await countFinding(pool, given, "after-tip-off"),
  };
}

/** Box scores are asked only when a prediction's game is in no schedule at all: that takes a pass over them. */
async function countWithoutGame(pool: WarehousePool, given: FindingSurroundings): Promise<FindingCheck> {
  const unlisted = { ...given, sources: { ...given.sources, boxscores: null } };
  const check = await countFinding(pool, unlisted, "without-game");
  return "count" in check && check.count > 0 ? countFinding(pool, given, "without-game") : check;
}

const countRow = z.object({ count: z.number() });

/** The rows of groups of several: one pass, where the rows themselves would take two. */
async function countDuplicates(pool: WarehousePool, { table, date }: PredictionTable): Promise<FindingCheck> {
  const [found] = await pool.query(
    {
      tables: [table],
      text: `select coalesce(sum(rows), 0)::int as count from (
        select count(*) as rows from ${table} where home_team is not null and ${date.name} is not null
        group by home_team, ${date.name} having count(*) > 1) as repeated`,
    },
    countRow,
  );
  return { count: found?.count ?? 0 };
}

async function countFinding(
  pool: WarehousePool,
  given: FindingSurroundings,
  finding: RowFinding,
): Promise<FindingCheck> {
  const values = new StatementValues();
  const condition = findingCondition(finding, given, values);
  if ("unchecked" in condition) return condition;
  return attempt(async () => {
    const [found] = await pool.query(
      {
        tables: tablesOf(given, finding),
        text: `select count(*)::int as count from ${predictionRelation(given.table)} where ${condition.sql}`,
        values: values.list,
      },
      countRow,
    );
    return { count: found?.count ?? 0 };
  });
}

/** A warehouse that is down gives no answer at all; anything less leaves the other findings. */
async function attempt(check: () => Promise<FindingCheck>): Promise<FindingCheck> {
  try {
    return await check();
  } catch (error) {
    if (!(error instanceof WarehouseError) || error.reason === "down" || error.isUnknownObject) throw error;
    return { unchecked: error.message };
  }
}

function tablesOf({ table, sources }: FindingSurroundings, finding: RowFinding): string[] {
  const others = {
    "without-game": [sources.schedule, sources.boxscores],
    "after-tip-off": [sources.schedule],
    duplicate: [],
    "out-of-range": [],
    "not-summing": [],
    "unreadable-date": [],
  }[finding];
  return [table.table, ...others.flatMap((source) => source?.table ?? [])];
}
