import { describe, expect, test } from "vitest";
import { logLine, logLines } from "./log-fixtures";
import { LogPages, PAGE_LINES, pageOf } from "./log-pages";

describe("LogPages.put", () => {
  test.each<[string, [number, number][], number, number]>([
    [
      "in order",
      [
        [1, 3],
        [4, 5],
      ],
      5,
      5,
    ],
    [
      "a frame twice",
      [
        [1, 3],
        [1, 3],
      ],
      3,
      3,
    ],
    [
      "frames that overlap",
      [
        [1, 3],
        [2, 5],
      ],
      5,
      5,
    ],
    [
      "a hole",
      [
        [1, 3],
        [6, 8],
      ],
      8,
      6,
    ],
    [
      "a hole, filled later with an overlap",
      [
        [1, 3],
        [6, 8],
        [2, 7],
      ],
      8,
      8,
    ],
    ["the end first", [[99_500, 100_000]], 100_000, 501],
    ["nothing", [], 0, 0],
  ])("%s", (_name, frames, extent, held) => {
    const pages = new LogPages();
    const added = frames.flatMap(([from, to]) => pages.put(logLines(from, to)));
    expect(pages.extent).toBe(extent);
    expect(pages.held).toBe(held);
    expect(new Set(added.map(({ seq }) => seq)).size).toBe(held);
    expect(added).toHaveLength(held);
  });

  test("cut at random 200 times, each resumed a little too early: each line once", () => {
    const pages = new LogPages();
    const all = logLines(1, 5_000);
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % below;
    };
    const added: number[] = [];
    for (let cut = 0; cut < 200; cut += 1) {
      const from = Math.max(0, pages.extent - random(20));
      added.push(...pages.put(all.slice(from, from + random(60))).map(({ seq }) => seq));
    }
    added.push(...pages.put(all.slice(pages.extent)).map(({ seq }) => seq));
    expect(added).toEqual(all.map(({ seq }) => seq));
  });
});

describe("LogPages.lacking", () => {
  test("names the pages in reach of which a line is missing", () => {
    const pages = new LogPages();
    pages.extend(4 * PAGE_LINES + 10);
    expect(pages.lacking(1, 9_999)).toEqual([0, 1, 2, 3, 4]);
    pages.put(logLines(PAGE_LINES + 1, 2 * PAGE_LINES));
    pages.put(logLines(4 * PAGE_LINES + 1, 4 * PAGE_LINES + 10));
    expect(pages.lacking(1, 9_999)).toEqual([0, 2, 3]);
    expect(pages.lacking(PAGE_LINES + 5, PAGE_LINES + 8)).toEqual([]);
    expect(pages.lacking(-100, 2)).toEqual([0]);
  });

  test("a last page that grew lacks its new lines, and says where to go on", () => {
    const pages = new LogPages();
    pages.put(logLines(1, 10));
    expect(pages.lacking(1, 10)).toEqual([]);
    expect(pages.extend(12)).toBe(true);
    expect(pages.extend(11)).toBe(false);
    expect(pages.lacking(1, 12)).toEqual([0]);
    expect(pages.firstLacking(0)).toBe(11);
  });
});

describe("what is held", () => {
  test("stays bounded: pages far from what is looked at go, and are named as lacking again", () => {
    const pages = new LogPages();
    for (let page = 0; page < 100; page += 1) {
      pages.lookAt(page * PAGE_LINES + 1);
      pages.put(logLines(page * PAGE_LINES + 1, (page + 1) * PAGE_LINES));
    }
    expect(pages.extent).toBe(100_000);
    expect(pages.held).toBe(40_000);
    expect(pages.line(100_000)).toBeDefined();
    expect(pages.line(1)).toBeUndefined();
    expect(pages.lacking(1, 1)).toEqual([0]);
  });

  test("what streams in far below does not push out what is looked at", () => {
    const pages = new LogPages();
    pages.lookAt(1);
    for (let page = 0; page < 60; page += 1)
      pages.put(logLines(page * PAGE_LINES + 1, (page + 1) * PAGE_LINES));
    expect(pages.line(1)).toBeDefined();
    expect(pages.held).toBeLessThanOrEqual(40_000);
  });

  test("is bounded by characters too, and never less than the page that is looked at", () => {
    const pages = new LogPages();
    const long = "x".repeat(16_000);
    for (let page = 0; page < 4; page += 1) {
      pages.lookAt(page * PAGE_LINES + 1);
      pages.put(
        logLines(page * PAGE_LINES + 1, (page + 1) * PAGE_LINES).map(({ seq }) => logLine(seq, long)),
      );
    }
    expect(pages.held).toBe(2 * PAGE_LINES);
    expect(pages.lacking(3 * PAGE_LINES + 1, 4 * PAGE_LINES)).toEqual([]);
  });
});

test.each([
  [1, 0],
  [PAGE_LINES, 0],
  [PAGE_LINES + 1, 1],
])("line %d is on page %d", (seq, page) => expect(pageOf(seq)).toBe(page));
