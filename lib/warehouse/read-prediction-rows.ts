import { z } from "zod";
import { PREDICTIONS_PER_PAGE, type PredictionSort } from "@/lib/contracts/predictions";
import {
  dayOfRow,
  daySortKey,
  looksLikeDate,
  type PredictionNumbers,
  predictionNumbers,
  predictionRelation,
  StatementValues,
} from "./prediction-relation";
import type { PredictionTable } from "./prediction-tables";
import type { Statement, WarehousePool } from "./warehouse-pool";

const rowSchema = z.object({
  /** As text, whatever it holds; `text` is the column's own value. */
  day: z.string().nullable(),
  text: z.string().nullable(),
  away: z.string().nullable(),
  home: z.string().nullable(),
  awayWin: z.number().nullable(),
  homeWin: z.number().nullable(),
  awayMoneyline: z.number().nullable(),
  homeMoneyline: z.number().nullable(),
  /** Milliseconds since 1970. */
  firstWrittenAt: z.number().nullable(),
});
/** A row of the predictions as the table holds it. */
export type StoredPrediction = z.infer<typeof rowSchema>;

/** Which rows, as SQL conditions over `p`; each adds its values. */
export type PredictionConditions = (values: StatementValues) => string[];

export type PageToRead = {
  table: PredictionTable;
  conditions: PredictionConditions;
  sort: PredictionSort;
  order: "asc" | "desc";
  /** From 1. */
  page: number;
};

/**
 * Reads one page of 100. The order is total: rows that tie in what is shown are alike, so that pages neither
 * repeat nor lose one.
 * @throws WarehouseError
 */
export function readPredictionRows(
  pool: WarehousePool,
  { table, conditions, sort, order, page }: PageToRead,
): Promise<StoredPrediction[]> {
  const values = new StatementValues();
  const where = whereOf(conditions(values));
  const offset = values.add((page - 1) * PREDICTIONS_PER_PAGE);
  const ordered = orderBy(table, sort, order);
  const pageRows = `(select * from ${predictionRelation(table)} ${where}
    order by ${ordered} limit ${PREDICTIONS_PER_PAGE} offset ${offset}) as p`;
  return pool.query(selection(table, `${pageRows} order by ${ordered}`, values), rowSchema);
}

/** Reads every row that the conditions keep, in no order. @throws WarehouseError */
export function readAllPredictions(
  pool: WarehousePool,
  table: PredictionTable,
  conditions: PredictionConditions,
): Promise<StoredPrediction[]> {
  const values = new StatementValues();
  const where = whereOf(conditions(values));
  return pool.query(selection(table, `${predictionRelation(table)} ${where}`, values), rowSchema);
}

const countRow = z.object({ rows: z.number() });

/** Counts the rows that the conditions keep. @throws WarehouseError */
export async function countPredictionRows(
  pool: WarehousePool,
  table: PredictionTable,
  conditions: PredictionConditions,
): Promise<number> {
  const values = new StatementValues();
  const where = whereOf(conditions(values));
  const [found] = await pool.query(
    {
      tables: [table.table],
      text: `select count(*)::int as rows from ${predictionRelation(table)} ${where}`,
      values: values.list,
    },
    countRow,
  );
  return found?.rows ?? 0;
}

const dayRow = z.object({ day: z.string() });

/** The days that a text column's values look like; none for other types, which hold dates only. @throws WarehouseError */
export async function readDaysOfText(pool: WarehousePool, table: PredictionTable): Promise<string[]> {
  if (table.date.kind !== "text") return [];
  const rows = await pool.query(
    {
      tables: [table.table],
      text: `select left(p.raw, 10) as day from ${predictionRelation(table)}
        where ${looksLikeDate(table.date.kind)} group by 1`,
    },
    dayRow,
  );
  return rows.map(({ day }) => day);
}

/** What a row shows, from rows of the relation: taken out of a page's hundred, not out of all that are sorted. */
function selection(table: PredictionTable, from: string, values: StatementValues): Statement {
  const { awayWin, homeWin, awayLine, homeLine, written } = predictionNumbers(table);
  return {
    tables: [table.table],
    text: `select ${dayOfRow(table.date.kind)} as day, p.raw::text as text, p.away, p.home,
        ${awayWin} as "awayWin", ${homeWin} as "homeWin", ${awayLine} as "awayMoneyline",
        ${homeLine} as "homeMoneyline", ${written} as "firstWrittenAt"
      from ${from}`,
    values: values.list,
  };
}

function whereOf(conditions: readonly string[]): string {
  return conditions.length > 0 ? `where ${conditions.join(" and ")}` : "";
}

/** Bytewise, so that the order does not hang on the warehouse's collation. */
const BY_NAME = 'p.home collate "C", p.away collate "C"';

function orderBy(table: PredictionTable, sort: PredictionSort, order: "asc" | "desc"): string {
  const day = daySortKey(table.date.kind);
  const numbers = predictionNumbers(table);
  // Only rows of the same game come to the last key; a view's have no place, but may differ in their chances.
  const last = table.hasPlaces ? "p.place" : `${numbers.homeWin}, ${numbers.awayWin}, ${numbers.written}`;
  if (sort === "date") return `${day} ${order} nulls last, ${BY_NAME}, ${last}`;
  return `${sortKey(sort, numbers)} ${order} nulls last, ${day} desc nulls last, ${BY_NAME}, ${last}`;
}

function sortKey(sort: Exclude<PredictionSort, "date">, numbers: PredictionNumbers): string {
  const { awayWin, homeWin, awayLine, homeLine } = numbers;
  const market = marketSql(homeLine, awayLine);
  const keys: Record<typeof sort, string> = {
    away: 'p.away collate "C"',
    home: 'p.home collate "C"',
    awayWin,
    homeWin,
    awayMoneyline: awayLine,
    homeMoneyline: homeLine,
    market,
    edge: `case when (${homeWin}) between 0 and 1 then (${homeWin}) - ${market} end`,
  };
  return keys[sort];
}

/** What lib/predictions/odds.ts tells of one row: the home team's chance by the market, without its margin. */
function marketSql(homeLine: string, awayLine: string): string {
  const implied = (line: string) =>
    `(case when (${line}) >= 100 then 100 / ((${line}) + 100) when (${line}) <= -100 then -(${line}) / (100 - (${line})) end)`;
  return `${implied(homeLine)} / (${implied(homeLine)} + ${implied(awayLine)})`;
}
