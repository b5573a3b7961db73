import { describe, expect, it } from "vitest";
import { oldScheduleNotice } from "./old-schedule-notice";
import { utc } from "./sample-game";

const NOW = new Date("2026-11-22T18:00:00Z");

describe("oldScheduleNotice", () => {
  const cases: [string, string[], number | null, boolean][] = [
    ["refreshed this noon", ["2026-11-23"], utc("2026-11-22 12:01"), false],
    ["35 hours old", ["2026-11-23"], utc("2026-11-21 07:00"), false],
    ["36 hours old", ["2026-11-23"], utc("2026-11-21 06:00"), true],
    ["old, with a game a week ago", ["2026-11-15"], utc("2026-11-01 12:00"), true],
    ["old, off season", ["2026-11-14", "2026-11-30"], utc("2026-11-01 12:00"), false],
    ["of unknown age", ["2026-11-23"], null, false],
  ];
  it.each(cases)("%s", (_, dates, refreshedAt, warns) => {
    expect(oldScheduleNotice(dates, refreshedAt, NOW) !== null).toBe(warns);
  });

  it("says how old, and what to check", () => {
    expect(oldScheduleNotice(["2026-11-23"], utc("2026-11-18 12:01"), NOW)?.message).toBe(
      "The schedule was last refreshed 4 days ago (2026-11-18 12:01 UTC): games that were added or moved since are not known, and a day may look quiet that is not. Check the flags season and schedule.",
    );
  });
});
