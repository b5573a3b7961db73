import { describe, expect, it } from "vitest";
import { datesFromTo } from "@/lib/game-date";
import { currentSeason, listSeasons } from "./list-seasons";

describe("listSeasons", () => {
  const schedule = [...datesFromTo("2025-10-21", "2026-06-14"), ...datesFromTo("2026-10-20", "2027-04-11")];

  it("parts the schedule at its summers, oldest first", () => {
    expect(listSeasons(schedule.toReversed(), "2026-11-22")).toEqual([
      {
        id: "2025",
        label: "2025–26",
        firstDate: "2025-10-21",
        lastDate: "2026-06-14",
        dataFrom: "2025-09-01",
        dataTo: "2026-10-20",
      },
      {
        id: "2026",
        label: "2026–27",
        firstDate: "2026-10-20",
        lastDate: "2027-04-11",
        dataFrom: "2026-10-20",
        dataTo: "2027-04-12",
      },
    ]);
  });

  const gaps: [string, string[], string[]][] = [
    ["59 days are no summer", ["2026-01-01", "2026-03-01"], ["2025"]],
    ["60 days are one, but the season's year is the same", ["2026-01-01", "2026-03-02"], ["2025"]],
    [
      "the season of 2019 that paused for four months",
      ["2019-10-22", "2020-03-11", "2020-07-30", "2020-09-01", "2020-10-11"],
      ["2019"],
    ],
    [
      "the season of 2020 that began at Christmas",
      ["2020-07-30", "2020-09-01", "2020-10-11", "2020-12-22"],
      ["2019", "2020"],
    ],
    ["the turn of a century", ["1999-11-02"], ["1999"]],
    ["nothing", [], []],
  ];
  it.each(gaps)("%s", (_, dates, ids) => {
    expect(listSeasons(dates, "2026-11-22").map(({ id }) => id)).toEqual(ids);
  });

  it("writes the label of a century's turn with two digits", () => {
    expect(listSeasons(["1999-11-02"], "1999-11-02")[0]?.label).toBe("1999–00");
  });

  it("keeps data after a trimmed schedule in sight", () => {
    expect(listSeasons(["2026-10-20", "2026-11-01"], "2026-11-22")[0]?.dataTo).toBe("2026-11-23");
  });
});

describe("currentSeason", () => {
  const seasons = listSeasons(["2025-10-21", "2026-04-12", "2026-10-20"], "2026-08-01");
  it.each([
    ["2026-01-01", "2025"],
    ["2026-08-01", "2025"],
    ["2026-10-19", "2025"],
    ["2026-10-20", "2026"],
    ["2024-01-01", "2025"],
  ])("on %s: %s", (today, id) => {
    expect(currentSeason(seasons, today)?.id).toBe(id);
  });
});
