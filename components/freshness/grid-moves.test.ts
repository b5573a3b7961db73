import { describe, expect, it } from "vitest";
import { type Arrangement, addMonths, gridMove } from "./grid-moves";

const season = {
  first: "2026-10-20",
  last: "2027-04-18",
  today: "2026-11-22",
  attention: ["2026-11-09", "2026-11-17", "2026-11-19", "2026-11-21"],
};
const press = (key: string, far = false) => ({ key, ctrlKey: far, metaKey: false });

describe("gridMove", () => {
  it.each<[Arrangement, string, boolean, string, string | null]>([
    ["weeks", "ArrowRight", false, "2026-11-19", "2026-11-26"],
    ["weeks", "ArrowLeft", false, "2026-11-19", "2026-11-12"],
    ["weeks", "ArrowDown", false, "2026-11-19", "2026-11-20"],
    ["weeks", "ArrowUp", false, "2026-11-19", "2026-11-18"],
    ["months", "ArrowRight", false, "2026-11-19", "2026-11-20"],
    ["months", "ArrowDown", false, "2026-11-19", "2026-11-26"],
    ["months", "ArrowUp", false, "2026-11-03", "2026-10-27"],
    ["weeks", "PageDown", false, "2026-11-19", "2026-12-19"],
    ["weeks", "PageUp", false, "2026-11-21", "2026-10-21"],
    ["weeks", "Home", false, "2026-11-19", "2026-11-16"],
    ["weeks", "End", false, "2026-11-19", "2026-11-22"],
    ["weeks", "Home", true, "2026-11-19", "2026-10-20"],
    ["weeks", "End", true, "2026-11-19", "2027-04-18"],
    ["weeks", "t", false, "2027-03-01", "2026-11-22"],
    ["weeks", "n", false, "2026-11-09", "2026-11-17"],
    ["weeks", "n", false, "2026-11-21", "2026-11-09"],
    ["weeks", "P", false, "2026-11-17", "2026-11-09"],
    ["weeks", "p", false, "2026-11-09", "2026-11-21"],
    ["weeks", "ArrowUp", false, "2026-10-20", "2026-10-20"],
    ["weeks", "ArrowLeft", false, "2026-10-23", "2026-10-20"],
    ["weeks", "PageDown", false, "2027-04-01", "2027-04-18"],
    ["weeks", "ArrowRight", true, "2026-11-19", null],
    ["weeks", "x", false, "2026-11-19", null],
  ])("%s, %s (ctrl %s) from %s: %s", (arrangement, key, far, from, to) => {
    expect(gridMove(press(key, far), from, season, arrangement)).toBe(to);
  });

  it("leads nowhere when nothing needs attention", () => {
    expect(gridMove(press("n"), "2026-11-19", { ...season, attention: [] }, "weeks")).toBeNull();
  });
});

describe("addMonths", () => {
  it.each([
    ["2027-01-31", 1, "2027-02-28"],
    ["2028-01-31", 1, "2028-02-29"],
    ["2026-12-15", 1, "2027-01-15"],
    ["2027-01-15", -1, "2026-12-15"],
    ["2026-03-31", -1, "2026-02-28"],
    ["2026-11-30", 3, "2027-02-28"],
  ])("%s %d: %s", (date, months, expected) => expect(addMonths(date, months)).toBe(expected));
});
