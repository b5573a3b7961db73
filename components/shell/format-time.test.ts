import { describe, expect, it } from "vitest";
import { amountText, easternMoment, easternTime, relativeText } from "./format-time";

const now = new Date("2026-11-22T20:41:00Z");
const after = (seconds: number) => new Date(now.getTime() + seconds * 1000);

describe("relativeText", () => {
  it.each([
    [0, "just now"],
    [-9, "just now"],
    [-12, "12 s ago"],
    [-180, "3 min ago"],
    [-110, "1 min 50 s ago"],
    [90 * 60, "in 90 min"],
    [5 * 3600, "in 5 h"],
    [-26 * 3600, "26 h ago"],
    [3 * 86_400, "in 3 days"],
  ])("%d s: %s", (seconds, text) => expect(relativeText(after(seconds), now)).toBe(text));
});

describe("amountText", () => {
  it.each([
    [0, "0 s"],
    [59, "59 s"],
    [60, "1 min"],
    [65, "1 min"],
    [130, "2 min 10 s"],
    [600, "10 min"],
    [7200, "2 h"],
    [13 * 86_400, "13 days"],
  ])("%d: %s", (seconds, text) => expect(amountText(seconds)).toBe(text));
});

describe("exact times", () => {
  it("are Eastern, whatever the machine's zone", () => {
    expect(easternMoment(now)).toBe("Sun Nov 22, 3:41 PM ET");
    expect(easternTime(new Date("2026-07-01T16:30:00Z"))).toBe("12:30 PM ET");
  });
});
