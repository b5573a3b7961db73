import { expect, test } from "vitest";
import type { Advice } from "@/lib/contracts/coverage";
import { staleDates } from "./stale-dates";

const adviceOf = (dbt: Advice["dbt"]): Advice => ({
  stage: "silver",
  step: dbt ? "dbt" : "none",
  text: "",
  command: null,
  dbt,
});
const usual = { select: ["fact_boxscores+", "fact_pbp_data+"], fullRefresh: false, why: "the usual build" };
const rebuilt = { select: ["fact_boxscores+"], fullRefresh: true, why: "plays are later than that" };

test("one build mends all that is behind, a full refresh as soon as one date demands it", () => {
  const dates = [
    { date: "2026-11-02", advice: adviceOf(usual) },
    { date: "2026-11-10", advice: adviceOf(null) },
    { date: "2026-11-19", advice: adviceOf(rebuilt) },
  ];
  expect(staleDates(dates)).toEqual({
    dates: ["2026-11-19", "2026-11-02"],
    refresh: {
      select: ["fact_boxscores+", "fact_pbp_data+"],
      fullRefresh: true,
      why: "plays are later than that",
    },
  });
  expect(staleDates(dates.slice(0, 1))?.refresh).toEqual(usual);
  expect(staleDates(dates.slice(1, 2))).toBeNull();
});
