import { describe, expect, test } from "vitest";
import { RowHeights } from "./row-heights";

function heightsOf(lengths: number[], columns: number): RowHeights {
  const heights = new RowHeights();
  heights.setColumns(columns);
  for (const [index, characters] of lengths.entries()) heights.noteLength(index + 1, characters);
  return heights;
}

describe("RowHeights", () => {
  test.each<[string, number[], number, number[]]>([
    ["short lines", [1, 5, 10], 10, [1, 1, 1]],
    ["an empty line takes a row", [0], 10, [1]],
    ["one character too many", [11, 20, 21], 10, [2, 2, 3]],
    ["not wrapped", [500, 3], Number.POSITIVE_INFINITY, [1, 1]],
  ])("%s", (_name, lengths, columns, rows) => {
    const heights = heightsOf(lengths, columns);
    expect(rows.map((_, index) => heights.rowsOf(index + 1))).toEqual(rows);
    expect(heights.total).toBe(rows.reduce((sum, row) => sum + row, 0));
  });

  test("lines that were never seen count as one row, and are places all the same", () => {
    const heights = new RowHeights();
    heights.extend(100_000);
    expect(heights.total).toBe(100_000);
    expect(heights.offset(50_000)).toBe(49_999);
    expect(heights.lineAt(49_999)).toBe(50_000);
    heights.setColumns(10);
    heights.noteLength(10, 35);
    expect(heights.offset(50_000)).toBe(50_002);
    expect(heights.lineAt(49_999)).toBe(49_997);
  });

  test("offset and lineAt are each other's inverse, inside of a tall line too", () => {
    const lengths = Array.from({ length: 3_000 }, (_, index) => (index * 37) % 95);
    const heights = heightsOf(lengths, 20);
    let offset = 0;
    for (let seq = 1; seq <= lengths.length; seq += 1) {
      expect(heights.offset(seq)).toBe(offset);
      expect(heights.lineAt(offset)).toBe(seq);
      expect(heights.lineAt(offset + heights.rowsOf(seq) - 0.5)).toBe(seq);
      offset += heights.rowsOf(seq);
    }
    expect(heights.total).toBe(offset);
  });

  test.each([
    [-5, 1],
    [0, 1],
    [2.9, 3],
    [99, 3],
  ])("beyond the ends: at %d line %d", (place, seq) =>
    expect(heightsOf([1, 1, 1], 10).lineAt(place)).toBe(seq),
  );

  test("an empty log has no line", () => expect(new RowHeights().lineAt(0)).toBe(0));

  test("what was measured counts, until the columns change", () => {
    const heights = heightsOf([15, 15], 10);
    expect(heights.noteRows(1, 2)).toBe(false);
    expect(heights.noteRows(2, 3)).toBe(true);
    expect(heights.isMeasured(2)).toBe(true);
    heights.noteLength(2, 15);
    expect(heights.total).toBe(5);
    heights.setColumns(20);
    expect(heights.isMeasured(2)).toBe(false);
    expect(heights.total).toBe(2);
  });

  test("knows the longest line", () => expect(heightsOf([3, 90, 7], 10).longest).toBe(90));
});
