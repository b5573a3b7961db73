import { z } from "zod";
import { WarehouseError } from "./warehouse-error";
import type { Statement, WarehousePool } from "./warehouse-pool";

export type ColumnsStatement<Texts extends string, Numbers extends string> = Omit<Statement, "text"> & {
  /** The SQL of each column, by the name under which its values are given. */
  texts: Record<Texts, string>;
  numbers: Record<Numbers, string>;
  /** What follows the columns: `from ... where ... group by ...`. */
  from: string;
};

export type Columns<Texts extends string, Numbers extends string> = {
  /** How many rows there are. */
  length: number;
  /** Null and the empty text are the same here. */
  texts: Record<Texts, readonly string[]>;
  numbers: Record<Numbers, readonly (number | null)[]>;
};

/** No team and no date holds it. */
const SEPARATOR = "\u001f";

const listsRow = z.record(z.string(), z.string().nullable());

/**
 * Runs a statement and gives its rows as one list for each column: thousands of rows take longer to travel and
 * to be unpacked one by one than to be read.
 * @throws WarehouseError
 */
export async function readColumns<Texts extends string, Numbers extends string>(
  pool: WarehousePool,
  { texts, numbers, from, ...statement }: ColumnsStatement<Texts, Numbers>,
): Promise<Columns<Texts, Numbers>> {
  const selected = Object.entries<string>({ ...texts, ...numbers });
  const answered = selected.map(
    ([name]) => `string_agg(coalesce("${name}"::text, ''), E'\\x1f') as "${name}"`,
  );
  const columns = selected.map(([name, sql]) => `${sql} as "${name}"`);
  const text = `select ${answered.join(", ")} from (select ${columns.join(", ")} ${from}) as read`;
  const [row = {}] = await pool.query({ ...statement, text }, listsRow);
  const lists = new Map(selected.map(([name]) => [name, row[name]?.split(SEPARATOR) ?? []]));
  const list = (name: string) => lists.get(name) ?? [];
  const [length = 0, ...others] = new Set([...lists.values()].map((values) => values.length));
  if (others.length > 0) throw notUnderstood(statement, "a text with the control character U+001F");
  return {
    length,
    texts: eachOf(texts, list),
    numbers: eachOf(numbers, (name) => list(name).map((value) => toNumber(value, statement, name))),
  };
}

function eachOf<Name extends string, Value>(
  columns: Record<Name, string>,
  make: (name: Name) => Value,
): Record<Name, Value> {
  const names = Object.keys(columns) as Name[];
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<Name, Value>;
}

function toNumber(value: string, statement: Pick<Statement, "tables">, name: string): number | null {
  if (value === "") return null;
  const number = Number(value);
  if (Number.isFinite(number)) return number;
  throw notUnderstood(statement, `column ${name}, ${value} is no number`);
}

function notUnderstood({ tables }: Pick<Statement, "tables">, what: string): WarehouseError {
  const message = `${tables.join(" and ")} holds a value that the console does not understand: ${what}.`;
  return new WarehouseError("failed", message);
}
