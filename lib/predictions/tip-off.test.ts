import { describe, expect, it } from "vitest";
import { tipOffMoment } from "./tip-off";

describe("tipOffMoment", () => {
  it.each([
    // Winter: five hours behind UTC; an evening game is on the next UTC date.
    ["2026-11-22", "7:30p", "2026-11-23T00:30:00.000Z"],
    ["2026-11-22", "3:30p", "2026-11-22T20:30:00.000Z"],
    ["2026-11-22", "12:00p", "2026-11-22T17:00:00.000Z"],
    ["2026-11-22", "12:30a", "2026-11-22T05:30:00.000Z"],
    ["2026-11-22", "11:00a", "2026-11-22T16:00:00.000Z"],
    // Summer: four.
    ["2026-04-12", "10:30p", "2026-04-13T02:30:00.000Z"],
    // The day the clocks go back, 1 November 2026, and the one before.
    ["2026-10-31", "7:30p", "2026-10-31T23:30:00.000Z"],
    ["2026-11-01", "7:30p", "2026-11-02T00:30:00.000Z"],
    // The day they go forward, 8 March 2026, and the one before.
    ["2026-03-07", "7:30p", "2026-03-08T00:30:00.000Z"],
    ["2026-03-08", "7:30p", "2026-03-08T23:30:00.000Z"],
    // Other ways to write it.
    ["2026-11-22", " 7:30 PM ", "2026-11-23T00:30:00.000Z"],
    ["2026-11-22", "07:30p", "2026-11-23T00:30:00.000Z"],
    // An hour that does not exist stands for the winter's.
    ["2026-03-08", "2:30a", "2026-03-08T07:30:00.000Z"],
  ])("of %s at %s is %s", (date, written, moment) => {
    expect(tipOffMoment(date, written)?.toISOString()).toBe(moment);
  });

  it.each([null, "", "11:00", "TBD", "19:30", "7p", "13:30p", "7:60p"])("of %s is nothing", (written) => {
    expect(tipOffMoment("2026-11-22", written)).toBeNull();
  });
});
