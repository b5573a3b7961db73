import { describe, expect, test } from "vitest";
import {
  anchorAt,
  anchorTop,
  drawnLines,
  EDGE_PX,
  firstLineAt,
  heightOf,
  LINE_PX,
  placeToReveal,
  stepOf,
} from "./log-window";
import { RowHeights } from "./row-heights";

const VIEW = 30 * LINE_PX;

function plain(lines: number): RowHeights {
  const heights = new RowHeights();
  heights.extend(lines);
  return heights;
}

describe("drawnLines", () => {
  test.each<[string, number, number, number, { first: number; last: number }]>([
    ["nothing to draw", 0, 0, VIEW, { first: 1, last: 0 }],
    ["a view that is not laid out yet", 10, 0, 0, { first: 1, last: 0 }],
    ["a short log", 12, 0, VIEW, { first: 1, last: 12 }],
    ["the top of a long one", 100_000, 0, VIEW, { first: 1, last: 70 }],
    ["its middle", 100_000, EDGE_PX + 49_999 * LINE_PX, VIEW, { first: 49_961, last: 50_070 }],
    ["its end", 100_000, 100_000 * LINE_PX, VIEW, { first: 99_961, last: 100_000 }],
  ])("%s", (_name, lines, top, height, drawn) =>
    expect(drawnLines(plain(lines), top, height)).toEqual(drawn),
  );

  test("covers the view at every place of a step", () => {
    const heights = plain(10_000);
    for (let top = 0; top < 5_000; top += 7) {
      const { first, last } = drawnLines(heights, stepOf(top), VIEW);
      expect(first).toBeLessThanOrEqual(firstLineAt(heights, top));
      expect(last).toBeGreaterThanOrEqual(heights.lineAt((top + VIEW - EDGE_PX) / LINE_PX));
    }
  });
});

describe("an anchor", () => {
  test("gives back the place it was taken at", () => {
    const heights = plain(1_000);
    for (const top of [0, 1, EDGE_PX, 4_321, 9_999])
      expect(anchorTop(heights, anchorAt(heights, top), VIEW)).toBe(top);
  });

  test("keeps its line in place when lines above turn out taller", () => {
    const heights = plain(1_000);
    const top = EDGE_PX + 500 * LINE_PX + 5;
    const anchor = anchorAt(heights, top);
    expect(anchor).toEqual({ seq: 501, px: -5 });
    heights.setColumns(10);
    heights.noteLength(20, 35);
    expect(anchorTop(heights, anchor, VIEW)).toBe(top + 3 * LINE_PX);
    heights.noteLength(900, 35);
    expect(anchorTop(heights, anchor, VIEW)).toBe(top + 3 * LINE_PX);
  });

  test("in the middle stands there whatever its height", () => {
    const heights = plain(1_000);
    heights.setColumns(10);
    heights.noteLength(500, 40);
    const top = anchorTop(heights, { seq: 500, px: "middle" }, VIEW);
    const above = EDGE_PX + 499 * LINE_PX - top;
    expect(above + 4 * LINE_PX + above).toBe(VIEW);
  });
});

test.each<[string, number, number | null]>([
  ["above", 100, LINE_PX],
  ["half hidden above", 201, LINE_PX],
  ["in view", 210, null],
  ["the last one in view", 227, null],
  ["half hidden below", 230, VIEW - 2 * LINE_PX],
  ["below", 900, VIEW - 2 * LINE_PX],
])("revealing a line %s", (_name, seq, px) =>
  expect(placeToReveal(plain(1_000), seq, EDGE_PX + 200 * LINE_PX, VIEW)).toBe(px),
);

test("heightOf an empty log is nothing", () => {
  expect(heightOf(plain(0))).toBe(0);
  expect(heightOf(plain(2))).toBe(2 * LINE_PX + 2 * EDGE_PX);
});
