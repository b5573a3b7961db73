import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createThrowawayDatabase, type ThrowawayDatabase } from "@/lib/testing/throwaway-database";
import { readColumns } from "./read-columns";
import { createWarehousePool, type WarehousePool } from "./warehouse-pool";

let database: ThrowawayDatabase;
let pool: WarehousePool;

beforeAll(async () => {
  database = await createThrowawayDatabase("columns");
  pool = createWarehousePool(database.url);
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

const read = (rows: string) =>
  readColumns(pool, {
    tables: ["bronze.example"],
    texts: { team: "t.team", day: "t.day" },
    numbers: { points: "t.points" },
    from: `from (values ${rows}) as t(team, day, points) where t.day <> $1`,
    values: ["left out"],
  });

describe("readColumns", () => {
  it("gives a list for each column, whatever its type, in the same order of rows", async () => {
    expect(
      await read("('LAL', 'one', 1.5), (null, 'two', null), ('', 'left out', 9), ('P;H\n', '', -3e20)"),
    ).toEqual({
      length: 3,
      texts: { team: ["LAL", "", "P;H\n"], day: ["one", "two", ""] },
      numbers: { points: [1.5, null, -3e20] },
    });
  });

  it("gives empty lists where there is no row, and a value where the only row's is empty", async () => {
    expect(await read("('LAL', 'left out', 1)")).toEqual({
      length: 0,
      texts: { team: [], day: [] },
      numbers: { points: [] },
    });
    expect(await read("(null, '', null::int)")).toEqual({
      length: 1,
      texts: { team: [""], day: [""] },
      numbers: { points: [null] },
    });
  });

  it.each([
    ["('L' || chr(31) || 'L', 'one', 1)", "a text with the control character U+001F"],
    ["('LAL', 'one', 'infinity'::float8)", "column points, Infinity is no number"],
  ])("says what it cannot make out: %s", async (rows, what) => {
    await expect(read(rows)).rejects.toThrow(
      `bronze.example holds a value that the console does not understand: ${what}`,
    );
  });
});
