import { describe, expect, it } from "vitest";
import type { BackfillOrder } from "@/lib/contracts/run-kinds/backfill";
import { createRunsRequestSchema } from "@/lib/contracts/runs";
import { type BackfillFacts, prepareBackfillOrder } from "./backfill-order";

const SETTINGS = {
  ingestion: { command: ["python", "-m", "scripts.backfill"], cwd: "/srv/ingestion" },
  dbt: null,
  ml: null,
  dashboard: null,
};

function facts(overrides: Partial<BackfillFacts> = {}): BackfillFacts {
  return {
    now: new Date("2026-11-22T20:00:00Z"),
    dailyRun: { fromMinute: 720, toMinute: 750 },
    firstSeasonStart: "1996-11-01",
    absentWorkers: null,
    flags: new Map([
      ["boxscores", true],
      ["pbp", true],
    ]),
    flagsProblem: null,
    dates: new Map([["2026-11-20", { state: "missing", scheduledGames: 9 }]]),
    datesProblem: null,
    ...overrides,
  };
}

function order(dates: string[], overrides: Partial<BackfillOrder> = {}): BackfillOrder {
  return {
    kind: "backfill",
    params: dates.map((runDate) => ({ runDate })),
    overrideDailyRun: false,
    ...overrides,
  };
}

function codes(prepared: ReturnType<typeof prepareBackfillOrder>): string[] {
  return [...prepared.warnings, ...prepared.runs.flatMap((run) => run.warnings)].map(
    (warning) => warning.code,
  );
}

describe("prepareBackfillOrder", () => {
  it("makes one run for each date, oldest first, each date once, with the exact command", () => {
    const { runs } = prepareBackfillOrder(
      order(["2026-11-20", "2026-11-09", "2026-11-20"]),
      SETTINGS,
      facts(),
    );
    expect(runs.map((run) => run.gameDate)).toEqual(["2026-11-09", "2026-11-20"]);
    expect(runs[1]).toMatchObject({
      argv: ["python", "-m", "scripts.backfill", "--run_date", "2026-11-20"],
      cwd: "/srv/ingestion",
      lockKey: "ingestion",
      targetKey: "backfill:2026-11-20",
      requestCost: 10,
    });
  });

  it.each([
    ["nothing to say", {}, "2026-11-20", []],
    [
      "boxscores off",
      {
        flags: new Map([
          ["boxscores", false],
          ["pbp", true],
        ]),
      },
      "2026-11-20",
      ["flag-off"],
    ],
    ["pbp missing", { flags: new Map([["boxscores", true]]) }, "2026-11-20", ["flag-missing"]],
    [
      "flags unreadable",
      { flags: null, flagsProblem: "gold.feature_flags does not exist" },
      "2026-11-20",
      ["flag-missing"],
    ],
    ["not due", {}, "2026-11-22", ["not-due"]],
    ["due at 12:30 UTC to the minute", { now: new Date("2026-11-22T12:30:00Z") }, "2026-11-21", []],
    ["in the daily run's window", { now: new Date("2026-11-22T12:10:00Z") }, "2026-11-20", ["daily-run"]],
    ["no worker", { absentWorkers: { since: null, stopped: false } }, "2026-11-20", ["no-worker"]],
    [
      "warehouse away",
      { datesProblem: "does not answer", dates: new Map() },
      "2026-11-20",
      ["warehouse-stale"],
    ],
    [
      "whole",
      { dates: new Map([["2026-11-20", { state: "whole", scheduledGames: 9 }]]) },
      "2026-11-20",
      ["nothing-missing"],
    ],
    [
      "off",
      { dates: new Map([["2026-11-20", { state: "off", scheduledGames: 0 }]]) },
      "2026-11-20",
      ["nothing-missing"],
    ],
  ] as [string, Partial<BackfillFacts>, string, string[]][])(
    "warns: %s",
    (_name, overrides, date, expected) => {
      expect(codes(prepareBackfillOrder(order([date]), SETTINGS, facts(overrides)))).toEqual(expected);
    },
  );

  it("says that an overridden run shares the window", () => {
    const inWindow = facts({ now: new Date("2026-11-22T12:10:00Z") });
    const { warnings } = prepareBackfillOrder(
      order(["2026-11-20"], { overrideDailyRun: true }),
      SETTINGS,
      inWindow,
    );
    expect(warnings[0]?.text).toContain("share the source's limit");
  });

  it.each([
    ["the future", "2026-11-23", "2026-11-23 is in the future"],
    ["before the first season", "1800-01-01", "1800-01-01 is before the first season"],
  ])("refuses %s, and with it the whole order", (_name, date, message) => {
    expect(() => prepareBackfillOrder(order(["2026-11-20", date]), SETTINGS, facts())).toThrow(message);
  });
});

describe("createRunsRequestSchema", () => {
  it.each([
    "",
    "2025-02-30",
    "2025-2-3",
    "--help",
    "2025-01-01;id",
    "2025-01-01\n",
    "٢٠٢٥-٠١-٠١",
    "2025-01-01T00:00:00Z",
    " 2025-01-01",
  ])("refuses the date %j", (runDate) => {
    const parsed = createRunsRequestSchema.safeParse({ kind: "backfill", params: [{ runDate }] });
    expect(parsed.success).toBe(false);
  });

  it.each([
    ["no dates", { kind: "backfill", params: [] }],
    ["an unknown kind", { kind: "shell", params: [{}] }],
    ["an unknown field", { kind: "backfill", params: [{ runDate: "2025-01-01" }], shell: true }],
    ["an unknown parameter", { kind: "backfill", params: [{ runDate: "2025-01-01", argv: ["rm"] }] }],
  ])("refuses %s", (_name, body) => {
    expect(createRunsRequestSchema.safeParse(body).success).toBe(false);
  });
});
