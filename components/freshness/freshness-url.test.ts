import { describe, expect, it } from "vitest";
import { readFreshnessUrl } from "./freshness-url";

describe("readFreshnessUrl", () => {
  it.each([
    [null, null, null, null, 0],
    ["2025", "2026-02-28", "2025", "2026-02-28", 0],
    ["2025-26", null, null, null, 1],
    [null, "2026-02-30", null, null, 1],
    [null, "--help", null, null, 1],
    ["", "", null, null, 2],
    ["٢٠٢٥", "٢٠٢٦-٠٢-٠١", null, null, 2],
  ])("season %j, date %j", (rawSeason, rawDate, season, date, problems) => {
    const read = readFreshnessUrl({ season: rawSeason, date: rawDate });
    expect(read).toMatchObject({ season, date });
    expect(read.problems).toHaveLength(problems);
  });
});
