import type { WarehouseNotice } from "@/lib/contracts/coverage";
import {
  PREDICTIONS_PER_PAGE,
  type PredictionRow,
  type PredictionsRequest,
} from "@/lib/contracts/predictions";
import { addDays, easternDate, type GameDate } from "@/lib/game-date";
import { findingSurroundings } from "./check-predictions";
import { describePredictions } from "./describe-predictions";
import { findingCondition, type RowFinding } from "./prediction-finding-conditions";
import { type DateBounds, looksLikeDate, StatementValues, withinBounds } from "./prediction-relation";
import type { PredictionTable } from "./prediction-tables";
import { teamCondition } from "./prediction-team-filter";
import type { PredictionsView } from "./predictions-view";
import {
  countPredictionRows,
  type PredictionConditions,
  readPredictionRows,
  type StoredPrediction,
} from "./read-prediction-rows";
import type { WarehousePool } from "./warehouse-pool";

/** A page of the predictions as the warehouse held it. */
export type PredictionsPageMeasurement = {
  measuredAt: Date;
  available: boolean;
  notices: WarehouseNotice[];
  rows: PredictionRow[];
  total: number;
};

/** A request for rows of the table; games without a prediction are none. */
export type RowsRequest = PredictionsRequest & { finding?: RowFinding };

/**
 * Reads one page of the runbook's query, with filters, and what belongs beside each row.
 * @throws WarehouseError
 */
export async function measurePredictionsPage(
  pool: WarehousePool,
  view: PredictionsView,
  request: RowsRequest,
  now: Date,
): Promise<PredictionsPageMeasurement> {
  const { predictions } = view.tables;
  const empty = { measuredAt: now, rows: [], total: 0 };
  if (!predictions.table) {
    const missing: WarehouseNotice = { code: "missing-table", message: predictions.problem };
    return { ...empty, available: false, notices: [missing] };
  }
  const conditions = await conditionsOf(pool, view, predictions.table, request);
  if ("unchecked" in conditions) {
    const message = `This cannot be checked: ${conditions.unchecked}`;
    return { ...empty, available: true, notices: [{ code: "not-measured", message }] };
  }
  const [stored, total] = await Promise.all([
    readPage(pool, predictions.table, request, conditions.where, now),
    countPredictionRows(pool, predictions.table, conditions.where),
  ]);
  const { rows, notices } = await describePredictions(pool, view, stored);
  return {
    measuredAt: now,
    available: true,
    notices: [...lackingSources(view), ...notices],
    rows: request.finding === undefined ? rows : rows.map((row) => withFinding(row, request.finding)),
    total,
  };
}

/** Dates that hold more than the newest few pages, whatever the season: the others need not be sorted. */
const RECENT_DAYS = 400;

async function readPage(
  pool: WarehousePool,
  table: PredictionTable,
  request: RowsRequest,
  where: PredictionConditions,
  now: Date,
): Promise<StoredPrediction[]> {
  const { sort, order, page } = request;
  const query = { table, conditions: where, sort, order, page };
  if (sort === "date" && order === "desc" && isUnfiltered(request)) {
    const since = addDays(easternDate(now), -RECENT_DAYS);
    // Whatever is older comes later: a page that is full with recent rows is the page.
    const recent = await readPredictionRows(pool, {
      ...query,
      conditions: (values) => [
        ...withinBounds(table.date.kind, { from: since, to: null }, values),
        looksLikeDate(table.date.kind),
      ],
    });
    if (recent.length === PREDICTIONS_PER_PAGE) return recent;
  }
  return readPredictionRows(pool, query);
}

function isUnfiltered({ team, date, from, to, finding }: RowsRequest): boolean {
  return [team, date, from, to, finding].every((filter) => filter === undefined);
}

async function conditionsOf(
  pool: WarehousePool,
  view: PredictionsView,
  table: PredictionTable,
  request: RowsRequest,
): Promise<{ where: PredictionConditions } | { unchecked: string }> {
  const { team, finding } = request;
  const bounds = boundsOf(request);
  const filters: PredictionConditions = (values) => [
    ...withinBounds(table.date.kind, bounds, values),
    ...(team === undefined ? [] : [teamCondition(team, view.teams, values)]),
  ];
  if (finding === undefined) return { where: filters };
  const given = await findingSurroundings(pool, view, table);
  const check = findingCondition(finding, given, new StatementValues());
  if ("unchecked" in check) return check;
  const where: PredictionConditions = (values) => {
    const condition = findingCondition(finding, given, values);
    return [...filters(values), ...("sql" in condition ? [condition.sql] : [])];
  };
  return { where };
}

/** All the request's bounds at once: the narrowest counts. */
export function boundsOf({ date, from, to }: Pick<PredictionsRequest, "date" | "from" | "to">): DateBounds {
  const sorted = (dates: (GameDate | undefined)[]) => dates.filter((day) => day !== undefined).sort();
  return { from: sorted([date, from]).at(-1) ?? null, to: sorted([date, to])[0] ?? null };
}

/** A row under a finding's filter bears it, also where it alone does not show it. */
function withFinding(row: PredictionRow, finding: RowFinding | undefined): PredictionRow {
  if (finding === undefined || row.findings.includes(finding)) return row;
  return { ...row, findings: [...row.findings, finding] };
}

function lackingSources({ shape }: PredictionsView): WarehouseNotice[] {
  const lacking = (table: string, what: string): WarehouseNotice => ({
    code: "missing-table",
    message: `${table} is missing or lacks a column: ${what} are not shown.`,
  });
  const { schedule, boxscores } = shape.sources;
  return [
    ...(schedule ? [] : [lacking("bronze.bbref_league_schedule", "tip-off times")]),
    ...(boxscores ? [] : [lacking("bronze.bbref_player_boxscores", "results")]),
  ];
}
