import { describe, expect, it } from "vitest";
import { datesFromTo } from "@/lib/game-date";
import { fillGaps, monthSpans, toMonths, toWeeks } from "./calendar-layout";

describe("toWeeks", () => {
  it("pads the first and the last week to seven days from Monday", () => {
    // Oct 22, 2026 is a Thursday, Nov 3 a Tuesday.
    const weeks = toWeeks(datesFromTo("2026-10-22", "2026-11-03"));
    expect(weeks).toHaveLength(3);
    expect(weeks[0]).toEqual([null, null, null, "2026-10-22", "2026-10-23", "2026-10-24", "2026-10-25"]);
    expect(weeks[2]).toEqual(["2026-11-02", "2026-11-03", null, null, null, null, null]);
  });

  it("is empty without dates", () => expect(toWeeks([])).toEqual([]));

  it("keeps every date once over the end of daylight saving time", () => {
    const dates = datesFromTo("2026-10-20", "2027-04-18");
    expect(toWeeks(dates).flat().filter(Boolean)).toEqual(dates);
  });
});

describe("toMonths", () => {
  it("splits a week between two months", () => {
    const months = toMonths(datesFromTo("2026-10-30", "2026-11-01"));
    expect(months.map((month) => [month.label, month.weeks])).toEqual([
      ["October 2026", [[null, null, null, null, "2026-10-30", "2026-10-31", null]]],
      ["November 2026", [[null, null, null, null, null, null, "2026-11-01"]]],
    ]);
  });
});

describe("monthSpans", () => {
  it("gives each week to the month of its first day", () => {
    const spans = monthSpans(toWeeks(datesFromTo("2026-10-22", "2026-12-06")));
    expect(spans.map(({ label, weeks }) => [label, weeks])).toEqual([
      ["Oct", 2],
      ["Nov", 5],
    ]);
  });
});

describe("fillGaps", () => {
  it.each([
    [[], []],
    [["2026-10-20"], ["2026-10-20"]],
    [
      ["2026-10-30", "2026-11-02"],
      ["2026-10-30", "2026-10-31", "2026-11-01", "2026-11-02"],
    ],
  ])("%j", (dates, expected) => expect(fillGaps(dates)).toEqual(expected));
});
