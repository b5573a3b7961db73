import { type DateColumn, dateKindOf } from "./date-column";
import { grantMessage } from "./warehouse-error";
import type { WarehousePool } from "./warehouse-pool";
import { type Relation, readRelations } from "./warehouse-shape";

const SIDE_COLUMNS = ["home_team", "away_team"] as const;
const MONEYLINES = ["home_moneyline", "away_moneyline"] as const;

/** The ML program's output and its input, and the columns without which they say nothing. */
const SPECS = {
  predictions: {
    table: "gold.ml_game_predictions",
    required: [...SIDE_COLUMNS, "home_team_predicted_win_pct", "away_team_predicted_win_pct"],
    numbers: [...MONEYLINES, "home_team_predicted_win_pct", "away_team_predicted_win_pct"],
    without: "predictions cannot be shown",
  },
  features: {
    table: "silver.ml_game_features",
    required: SIDE_COLUMNS,
    numbers: [],
    without: "what the ML program would predict cannot be told",
  },
} as const;

const BOXSCORES = "bronze.bbref_player_boxscores";

type Spec = { table: string; required: readonly string[]; numbers: readonly string[]; without: string };

/** How a column holds numbers; `none` where it lacks, or holds something else. */
export type NumberKind = "integer" | "real" | "text" | "none";

/** A table of games by full team names and date. */
export type PredictionTable = {
  table: string;
  date: DateColumn;
  /** The kind of each column of numbers, by its name. */
  numbers: Readonly<Record<string, NumberKind>>;
  /** Whether `created_at` tells when a row was inserted. */
  hasInsertTimes: boolean;
  /** Whether its rows have a place (`ctid`), which a view's have not. */
  hasPlaces: boolean;
};

/** A table as it is, or why it cannot be read. */
export type FoundTable =
  | { table: PredictionTable; problem: null }
  | { table: null; problem: string; isMissing: boolean };

/** `hasOutcomes`: whether box scores carry who won. */
export type PredictionTables = Record<keyof typeof SPECS, FoundTable> & { hasOutcomes: boolean };

/** Looks at how the ML program's tables are typed; one that is missing, unreadable or lacks a column says so. @throws WarehouseError */
export async function readPredictionTables(pool: WarehousePool): Promise<PredictionTables> {
  const relations = await readRelations(pool, [...Object.values(SPECS).map(({ table }) => table), BOXSCORES]);
  const find = (spec: Spec) => tableOf(spec, relations.get(spec.table), pool.role);
  return {
    predictions: find(SPECS.predictions),
    features: find(SPECS.features),
    hasOutcomes: "outcome" in (relations.get(BOXSCORES)?.columns ?? {}),
  };
}

function tableOf(spec: Spec, relation: Relation | undefined, role: string): FoundTable {
  const { table, required, numbers, without } = spec;
  const problem = (text: string): FoundTable => ({
    table: null,
    problem: text,
    isMissing: relation === undefined,
  });
  if (!relation) return problem(`${table} does not exist: ${without}.`);
  if (!relation.readable) return problem(`${grantMessage({ tables: [table], role })} Until then ${without}.`);
  const lacking = required.filter((column) => !(column in relation.columns));
  if (lacking.length > 0) return problem(`${table} has no column ${lacking.join(", ")}: ${without}.`);
  const kind = dateKindOf(relation.columns.game_date ?? "");
  if (!kind) return problem(`${table} has no column game_date that holds dates: ${without}.`);
  return {
    table: {
      table,
      date: { name: "game_date", kind },
      numbers: Object.fromEntries(numbers.map((name) => [name, numberKindOf(relation.columns[name])])),
      hasInsertTimes: relation.columns.created_at?.startsWith("timestamp") ?? false,
      hasPlaces: ["r", "m"].includes(relation.kind),
    },
    problem: null,
  };
}

function numberKindOf(type: string | undefined): NumberKind {
  if (type === undefined) return "none";
  if (/^(smallint|integer|bigint)/.test(type)) return "integer";
  if (/^(real|double precision|numeric)/.test(type)) return "real";
  return /^(text|character)/.test(type) ? "text" : "none";
}
