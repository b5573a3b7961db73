import { describe, expect, it } from "vitest";
import {
  addDays,
  datesFromTo,
  daysBetween,
  dueAt,
  easternDate,
  isGameDate,
  longLabel,
  shortLabel,
  weekdayOf,
} from "./game-date";

describe("isGameDate", () => {
  it.each(["2026-11-21", "2024-02-29", "1996-11-01"])("takes %s", (text) => {
    expect(isGameDate(text)).toBe(true);
  });
  it.each([
    "2025-02-29",
    "2025-02-30",
    "2025-13-01",
    "2025-00-10",
    "2025-1-1",
    "20250101",
    "2025-01-01\n",
    "٢٠٢٥-٠١-٠١",
    "",
  ])("refuses %j", (text) => {
    expect(isGameDate(text)).toBe(false);
  });
});

describe("easternDate", () => {
  it.each([
    ["2026-11-22T04:59:59Z", "2026-11-21"],
    ["2026-11-22T05:00:00Z", "2026-11-22"],
    ["2026-07-01T03:59:59Z", "2026-06-30"],
    ["2026-07-01T04:00:00Z", "2026-07-01"],
    ["2026-11-01T05:30:00Z", "2026-11-01"],
    ["2026-03-08T06:59:59Z", "2026-03-08"],
  ])("at %s", (moment, date) => {
    expect(easternDate(new Date(moment))).toBe(date);
  });
});

describe("arithmetic", () => {
  it("counts across months, leap days and changes of the clock", () => {
    expect(addDays("2024-02-28", 2)).toBe("2024-03-01");
    expect(addDays("2026-03-07", 2)).toBe("2026-03-09");
    expect(daysBetween("2026-10-31", "2026-11-02")).toBe(2);
    expect(datesFromTo("2026-12-30", "2027-01-02")).toEqual([
      "2026-12-30",
      "2026-12-31",
      "2027-01-01",
      "2027-01-02",
    ]);
    expect(datesFromTo("2026-12-30", "2026-12-29")).toEqual([]);
    expect(weekdayOf("2026-11-22")).toBe(6);
  });

  it("is due at 12:30 UTC of the next day", () => {
    expect(dueAt("2026-11-30").toISOString()).toBe("2026-12-01T12:30:00.000Z");
  });
});

describe("labels", () => {
  it("reads as the screens write it", () => {
    expect(longLabel("2026-11-19")).toBe("Thu Nov 19, 2026");
    expect(shortLabel("2026-11-19")).toBe("Thu Nov 19");
  });
});
