import { describe, expect, it } from "vitest";
import { parseColumns } from "./column-choice";
import { COLUMN_LOOK, csvColumns, defaultColumns, TABLE_COLUMNS, toggleColumn } from "./prediction-columns";

describe("columns", () => {
  it("grow with the page's width, in one order", () => {
    const narrow = defaultColumns("narrow");
    expect(narrow).toEqual(["date", "tipOff", "game", "homeWin", "homeMarket", "edge", "result"]);
    for (const width of ["middle", "wide"] as const)
      expect(TABLE_COLUMNS.filter((column) => defaultColumns(width).includes(column))).toEqual(
        defaultColumns(width),
      );
    expect(defaultColumns("wide")).toEqual(expect.arrayContaining(narrow));
    expect(defaultColumns("wide")).not.toContain("margin");
  });

  it("are turned on and off in the table's order, the game excepted", () => {
    expect(toggleColumn(["date", "game", "edge"], "homeWin")).toEqual(["date", "game", "homeWin", "edge"]);
    expect(toggleColumn(["date", "game", "edge"], "edge")).toEqual(["date", "game"]);
    expect(toggleColumn(["date", "game"], "game")).toEqual(["date", "game"]);
  });

  it("name what the file holds; each of the file's columns can be had", () => {
    expect(csvColumns(["game", "homeWin"])).toEqual(["away", "home", "homeWin"]);
    const all = TABLE_COLUMNS.flatMap((column) => COLUMN_LOOK[column].csv);
    expect(new Set(all).size).toBe(17);
  });

  it.each([
    [null, null],
    ["", null],
    ["nonsense,game", null],
    ["edge,date", ["date", "game", "edge"]],
    ["edge,<script>,game", ["game", "edge"]],
  ])("stored as %j", (stored, columns) => expect(parseColumns(stored)).toEqual(columns));
});
