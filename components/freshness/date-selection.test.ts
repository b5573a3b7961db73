import { describe, expect, it } from "vitest";
import { summaryOf } from "./coverage-fixtures";
import { EMPTY_SELECTION, isSelectable, type SelectionAction, selectDates } from "./date-selection";

/** 16 to 22, without the 18th (a day off). */
const selectable = ["2026-11-16", "2026-11-17", "2026-11-19", "2026-11-20", "2026-11-21", "2026-11-22"];
const day = (number: number) => `2026-11-${number}`;

function after(...actions: SelectionAction[]): number[] {
  const end = actions.reduce(
    (selection, action) => selectDates(selection, action, selectable),
    EMPTY_SELECTION,
  );
  return [...end.dates].map((date) => Number(date.slice(8))).toSorted((a, b) => a - b);
}

describe("selectDates", () => {
  it.each<[string, SelectionAction[], number[]]>([
    ["toggles on", [{ type: "toggle", date: day(19) }], [19]],
    [
      "toggles off",
      [
        { type: "toggle", date: day(19) },
        { type: "toggle", date: day(19) },
      ],
      [],
    ],
    ["never takes a day off", [{ type: "toggle", date: day(18) }], []],
    [
      "extends from the cursor without an anchor",
      [{ type: "extend", from: day(17), to: day(20) }],
      [17, 19, 20],
    ],
    [
      "extends backwards",
      [
        { type: "begin", at: day(20) },
        { type: "extend", from: day(20), to: day(16) },
      ],
      [16, 17, 19, 20],
    ],
    [
      "shrinks a range that is drawn back",
      [
        { type: "begin", at: day(16) },
        { type: "extend", from: day(16), to: day(21) },
        { type: "extend", from: day(21), to: day(17) },
      ],
      [16, 17],
    ],
    [
      "keeps what was chosen before a range",
      [
        { type: "toggle", date: day(16) },
        { type: "begin", at: day(20) },
        { type: "extend", from: day(20), to: day(21) },
      ],
      [16, 20, 21],
    ],
    [
      "takes exactly the named dates",
      [
        { type: "toggle", date: day(16) },
        { type: "only", dates: [day(19), day(21)] },
      ],
      [19, 21],
    ],
    ["clears", [{ type: "toggle", date: day(16) }, { type: "clear" }], []],
  ])("%s", (_name, actions, expected) => expect(after(...actions)).toEqual(expected));
});

describe("isSelectable", () => {
  it.each([
    [summaryOf({ state: "upcoming", expected: 9 }), false],
    [summaryOf({ state: "off" }), false],
    [summaryOf({ state: "off", unscheduled: 1 }), true],
    [summaryOf({ state: "pending", expected: 9 }), true],
    [summaryOf({ state: "whole", expected: 9 }), true],
    [summaryOf({ state: "missing", expected: 9 }), true],
  ])("$state with $unscheduled unscheduled", (summary, expected) =>
    expect(isSelectable(summary)).toBe(expected),
  );
});
