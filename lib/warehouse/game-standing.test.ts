import { describe, expect, it } from "vitest";
import type { GameStanding } from "@/lib/contracts/coverage";
import { createRefreshLog, standingOf } from "./game-standing";
import { emptyGame, type SampleGame, sampleGame, utc } from "./sample-game";

const DAILY = createRefreshLog(
  ["2026-11-18", "2026-11-16", "2026-11-17", "2026-11-20", "2026-11-19"].map((day) => utc(`${day} 12:01`)),
);

describe("standingOf", () => {
  const withdrawn: [string, GameStanding, SampleGame][] = [
    ["refreshed up to its own day", "expected", { refreshedAt: utc("2026-11-19 12:01") }],
    ["left behind the day before", "withdrawn", { refreshedAt: utc("2026-11-18 12:01") }],
    ["left behind for long", "withdrawn", { refreshedAt: utc("2026-10-01 12:01") }],
    ["another batch of the same refresh", "expected", { refreshedAt: utc("2026-11-19 06:01") }],
    ["a minute more than that", "withdrawn", { refreshedAt: utc("2026-11-19 06:00") }],
    ["data arrived all the same", "expected", { refreshedAt: utc("2026-10-01 12:01"), plays: 80 }],
    ["nobody knows when it was refreshed", "expected", { refreshedAt: null }],
    ["upcoming and left behind", "withdrawn", { date: "2026-12-24", refreshedAt: utc("2026-11-19 12:01") }],
    [
      "upcoming and in the newest refresh",
      "expected",
      { date: "2026-12-24", refreshedAt: utc("2026-11-20 12:01") },
    ],
    [
      "a refresh after its day says nothing",
      "expected",
      { date: "2026-11-16", refreshedAt: utc("2026-11-16 12:01") },
    ],
  ];
  it.each(withdrawn)("%s: %s", (_, standing, given) => {
    expect(standingOf(emptyGame(given), { isWaived: false, refreshes: DAILY })).toBe(standing);
  });

  it("withdraws nothing when the schedule was loaded once, or not refreshed for days", () => {
    const once = createRefreshLog([utc("2026-09-01 08:00")]);
    const loaded = emptyGame({ refreshedAt: utc("2026-09-01 08:00") });
    expect(standingOf(loaded, { isWaived: false, refreshes: once })).toBe("expected");
    const paused = createRefreshLog([utc("2026-11-10 12:01")]);
    const later = emptyGame({ date: "2026-11-19", refreshedAt: utc("2026-11-10 12:01") });
    expect(standingOf(later, { isWaived: false, refreshes: paused })).toBe("expected");
    expect(standingOf(emptyGame(), { isWaived: false, refreshes: createRefreshLog([]) })).toBe("expected");
  });

  const others: [string, GameStanding, SampleGame, boolean][] = [
    ["no tip-off time", "unplayed", { tipOff: null }, false],
    ["an empty tip-off time", "unplayed", { tipOff: "" }, false],
    ["the source's placeholder", "unplayed", { tipOff: "11:00" }, false],
    ["a real morning tip-off", "expected", { tipOff: "11:00a" }, false],
    ["a slot left behind by the refresh", "unplayed", { tipOff: null, refreshedAt: 0 }, false],
    ["no schedule row", "unscheduled", { isScheduled: false, plays: 3 }, false],
    ["no schedule row, waived by mistake", "unscheduled", { isScheduled: false, plays: 3 }, true],
    ["waived", "waived", {}, true],
    ["waived, and some data came", "waived", { plays: 80 }, true],
  ];
  it.each(others)("%s: %s", (_, standing, given, isWaived) => {
    expect(standingOf(emptyGame(given), { isWaived, refreshes: DAILY })).toBe(standing);
  });

  it("counts a waived game whose data came in full", () => {
    expect(standingOf(sampleGame(), { isWaived: true, refreshes: DAILY })).toBe("expected");
  });
});
