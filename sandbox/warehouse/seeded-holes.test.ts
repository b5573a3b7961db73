import { describe, expect, it } from "vitest";
import { addDays, datesFromTo } from "../../lib/game-date";
import { gamesOn } from "../season/season";
import { isDue, newestRunDate, scheduleRefreshedAt } from "./daily-run-times";
import { HOLE_KINDS, seededHoles } from "./seeded-holes";

describe("seededHoles", () => {
  it("leaves every kind of hole, each on a date of its own, around any date", () => {
    for (const anchor of datesFromTo("2025-01-01", "2025-02-28")) expectEveryKind(anchor);
  });

  it.each([
    ["2025-02-11T12:29:59Z", "2025-02-09"],
    ["2025-02-11T12:30:00Z", "2025-02-10"],
    // 9 PM Eastern on the 10th: the 10th is being played, the 9th has been due since noon.
    ["2025-02-11T02:00:00Z", "2025-02-09"],
  ])("at %s the late date is the newest one due, %s", (now, date) => {
    const anchor = "2025-02-11";
    expect(gamesOn(date, anchor).length).toBeGreaterThan(0);
    expect(seededHoles(new Date(now), anchor).find((hole) => hole.kind === "late")?.date).toBe(date);
  });
});

describe("the daily run's times", () => {
  const now = new Date("2025-02-11T11:59:59Z");

  it("counts the run of a day from 12:00 UTC on", () => {
    expect(newestRunDate(now)).toBe("2025-02-10");
    expect(newestRunDate(new Date("2025-02-11T12:00:00Z"))).toBe("2025-02-11");
  });

  it("keeps a schedule row moving until the run on its own date", () => {
    expect(scheduleRefreshedAt("2025-02-01", now)).toBe("2025-02-01 12:00:00");
    expect(scheduleRefreshedAt("2025-02-10", now)).toBe("2025-02-10 12:00:00");
    expect(scheduleRefreshedAt(addDays("2025-02-11", 9), now)).toBe("2025-02-10 12:00:00");
  });

  it("makes a date due half an hour after the next day's run", () => {
    expect(isDue("2025-02-10", new Date("2025-02-11T12:29:59Z"))).toBe(false);
    expect(isDue("2025-02-10", new Date("2025-02-11T12:30:00Z"))).toBe(true);
  });
});

function expectEveryKind(anchor: string): void {
  const holes = seededHoles(new Date(`${anchor}T17:00:00Z`), anchor);
  const expected = HOLE_KINDS.filter(
    (kind) => kind !== "predictions-today" || gamesOn(anchor, anchor).length > 0,
  );
  expect(new Set(holes.map((hole) => hole.kind)), anchor).toEqual(new Set(expected));
  const dated = holes.filter((hole) => hole.kind !== "off");
  expect(new Set(dated.map((hole) => hole.date)).size, anchor).toBe(dated.length);
  const partial = holes.find((hole) => hole.kind === "partial");
  expect(partial?.games, anchor).toHaveLength(3);
  expect(gamesOn(partial?.date ?? "", anchor).length, anchor).toBeGreaterThanOrEqual(7);
}
