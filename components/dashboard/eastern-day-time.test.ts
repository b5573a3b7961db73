import { describe, expect, test } from "vitest";
import { easternDayTime } from "./eastern-day-time";

describe("easternDayTime", () => {
  const now = new Date("2026-11-23T01:00:00.000Z");
  test.each([
    ["2026-11-22T17:31:00.000Z", "12:31 PM ET"],
    ["2026-11-22T05:00:00.000Z", "12:00 AM ET"],
    ["2026-11-22T04:59:00.000Z", "Sat Nov 21, 11:59 PM ET"],
    ["2026-11-23T06:00:00.000Z", "Mon Nov 23, 1:00 AM ET"],
  ])("%s is %s", (at, text) => expect(easternDayTime(new Date(at), now)).toBe(text));
});
