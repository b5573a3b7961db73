import type { DbtMeasurement } from "@/lib/warehouse/measure-dbt";
import type { GoldTable } from "@/lib/warehouse/measure-gold-tables";
import type { SilverLag } from "@/lib/warehouse/silver-lags";
import type { DbtEvidence } from "./dbt-receipt";
import type { WantedNode } from "./track-build";

/** What tests of the verdict on a build are made of: by default one that ran well, with nothing behind. */

export const NOV_4 = "2026-11-04";
export const NOV_9 = "2026-11-09";
export const SELECT = ["fact_boxscores+", "fact_pbp_data+"];

type Behind = Partial<SilverLag["boxscores"]> & { plays?: number; fullRefresh?: boolean };

export function lag(date: string, { plays = 0, fullRefresh = true, ...boxscores }: Behind): SilverLag {
  return {
    date,
    boxscores: { absent: 0, fewer: 0, older: 0, doubled: 0, ...boxscores },
    plays,
    text: `games of ${date} are behind`,
    build: {
      select: SELECT,
      fullRefresh,
      why: fullRefresh ? "It takes a full refresh: x" : "The usual build takes it in",
      forAnother: false,
    },
  };
}

export const OLD = "2026-11-22T12:05:52.000Z";
export const NEW = "2026-11-23T00:50:07.000Z";
export const standings = (builtAt: string | null, rows = 30): GoldTable => ({
  table: "gold.standings",
  rows,
  isEstimate: false,
  builtAt,
});

export function measured(lags: SilverLag[], gold: GoldTable[] = []): DbtMeasurement {
  return {
    measuredAt: NEW,
    states: Object.fromEntries(
      [NOV_4, NOV_9].map((date) => [date, lags.some((each) => each.date === date) ? "stale" : "whole"]),
    ),
    lags,
    gold,
  };
}

export function model(name: string, status: WantedNode["status"] = "success", schema = "silver"): WantedNode {
  return {
    uniqueId: `model.nba.${name}`,
    name,
    type: "model",
    schema,
    relation: name,
    materialized: "table",
    status,
  };
}
export function test(name: string, status: WantedNode["status"] = "pass"): WantedNode {
  return {
    uniqueId: `test.nba.${name}.1`,
    name,
    type: "test",
    schema: null,
    relation: null,
    materialized: null,
    status,
  };
}

export const FACTS = [model("fact_boxscores"), model("fact_pbp_data")];
export const MART = model("standings", "success", "gold");

export function evidence(given: Partial<DbtEvidence>): DbtEvidence {
  return {
    params: { select: SELECT, fullRefresh: false },
    before: measured([]),
    after: measured([]),
    end: { kind: "exited", exitCode: 0 },
    stopped: null,
    explainedBy: null,
    details: { wanted: [...FACTS, MART, test("a")], hasResults: true },
    timeoutMinutes: 60,
    ...given,
  };
}

export const wanting = (...wanted: WantedNode[]) => ({ wanted, hasResults: true });
export const exit = (exitCode: number) => ({ kind: "exited", exitCode }) as const;
