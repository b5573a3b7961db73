import { describe, expect, it } from "vitest";
import { easternDate } from "@/lib/game-date";
import { countPredictions, predictionStateOf, predictionsCloseAt, utcDate } from "./prediction-state";

describe("predictionStateOf", () => {
  it.each([
    ["2026-11-22T23:59:59Z", "pending"],
    ["2026-11-23T06:00:00Z", "pending"],
    ["2026-11-23T12:29:59.999Z", "pending"],
    ["2026-11-23T12:30:00Z", "fillable"],
    ["2026-11-23T23:59:59.999Z", "fillable"],
    ["2026-11-24T00:00:00Z", "lost"],
    ["2027-06-01T00:00:00Z", "lost"],
  ])("at %s a game of Nov 23 without a prediction is %s", (now, state) => {
    expect(predictionStateOf("2026-11-23", false, new Date(now))).toBe(state);
    expect(predictionStateOf("2026-11-23", true, new Date(now))).toBe("predicted");
  });

  it.each([
    // Winter: the window closes at 7 PM Eastern, while the date is still today there.
    ["2026-11-23", "2026-11-24T00:00:00Z", "2026-11-23", "2026-11-24"],
    // Summer: at 8 PM.
    ["2026-04-12", "2026-04-13T00:00:00Z", "2026-04-12", "2026-04-13"],
    // The days of the change.
    ["2026-11-01", "2026-11-02T00:00:00Z", "2026-11-01", "2026-11-02"],
    ["2026-03-08", "2026-03-09T00:00:00Z", "2026-03-08", "2026-03-09"],
  ])("the games of %s are lost from %s on, though it is %s in the East", (date, moment, eastern, utc) => {
    const now = new Date(moment);
    expect(predictionStateOf(date, false, now)).toBe("lost");
    expect(predictionStateOf(date, false, new Date(now.getTime() - 1))).toBe("fillable");
    expect(easternDate(now)).toBe(eastern);
    expect(utcDate(now)).toBe(utc);
    expect(predictionsCloseAt(date).toISOString()).toBe(now.toISOString());
  });
});

describe("countPredictions", () => {
  it.each([
    ["2026-11-23T10:00:00Z", { predicted: 1, pending: 2, fillable: 0, lost: 0 }],
    ["2026-11-23T20:00:00Z", { predicted: 1, pending: 0, fillable: 2, lost: 0 }],
    ["2026-11-24T20:00:00Z", { predicted: 1, pending: 0, fillable: 0, lost: 2 }],
  ])("at %s", (now, counts) => {
    expect(countPredictions("2026-11-23", [true, false, false], new Date(now))).toEqual({
      ...counts,
      closesAt: "2026-11-24T00:00:00.000Z",
    });
  });
});
