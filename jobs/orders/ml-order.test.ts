import { describe, expect, it } from "vitest";
import type { MlOrder } from "@/lib/contracts/run-kinds/ml";
import { createRunsRequestSchema, runPreviewSchema } from "@/lib/contracts/runs";
import type { MlMeasurement } from "@/lib/warehouse/measure-ml";
import { type MlFacts, prepareMlOrder } from "./ml-order";

const DATE = "2026-11-23";
const SETTINGS = {
  ingestion: { command: ["python"], cwd: "/srv/ingestion" },
  dbt: null,
  ml: { command: ["uv", "run", "python", "-m", "src.app"], cwd: "/srv/ml" },
  dashboard: null,
};

function measurement(given: Partial<MlMeasurement> = {}): MlMeasurement {
  return {
    measuredAt: "2026-11-23T20:00:00.000Z",
    seasonFlag: "on",
    features: ["LAL @ PHX", "BOS @ CHI", "NYK @ MIA"].map((game) => ({ date: DATE, game, rows: 1 })),
    featuresProblem: null,
    expected: ["LAL @ PHX", "BOS @ CHI"],
    predictions: [{ game: "LAL @ PHX", homeWin: 0.6 }],
    ...given,
  };
}

function facts(given: Partial<MlFacts> = {}): MlFacts {
  return {
    now: new Date("2026-11-23T20:00:00Z"),
    dailyRun: { fromMinute: 720, toMinute: 750 },
    absentWorkers: null,
    measurement: measurement(),
    problem: null,
    ...given,
  };
}

const order = (gameDate: string, overrideDailyRun = false): MlOrder => ({
  kind: "ml",
  params: [{ gameDate }],
  overrideDailyRun,
});

function prepared(given: Partial<MlFacts> = {}) {
  const { runs, warnings } = prepareMlOrder(order(DATE), SETTINGS, facts(given));
  const [run] = runs;
  if (run?.details?.kind !== "ml") throw new Error("no ML preview");
  return { run, details: run.details, warnings: [...warnings, ...run.warnings] };
}

describe("prepareMlOrder", () => {
  it("runs the configured command as it is: the program takes no arguments", () => {
    expect(prepared().run).toMatchObject({
      kind: "ml",
      gameDate: DATE,
      argv: ["uv", "run", "python", "-m", "src.app"],
      cwd: "/srv/ml",
      // It reads what a build replaces.
      lockKey: "dbt",
      targetKey: `ml:${DATE}`,
      requestCost: 0,
    });
  });

  it("says what it will predict, game by game, and satisfies the contract", () => {
    const { details, run, warnings } = prepared();
    expect(details).toEqual({
      kind: "ml",
      gameDate: DATE,
      closesAt: "2026-11-24T00:00:00.000Z",
      features: { problem: null, rows: 3, dates: [DATE], isToday: true },
      seasonFlag: "on",
      games: [
        { game: "BOS @ CHI", expected: true, inFeatures: true, predicted: false },
        { game: "LAL @ PHX", expected: true, inFeatures: true, predicted: true },
        { game: "NYK @ MIA", expected: false, inFeatures: true, predicted: false },
      ],
      willPredict: 3,
      newGames: 2,
      obstacles: [],
    });
    expect(warnings).toEqual([]);
    const preview = {
      kind: "ml",
      runs: [{ ...run, requests: 0, startsInSeconds: 0, alreadyActive: null }],
      lastStartsInSeconds: 0,
      warnings: [],
    };
    expect(runPreviewSchema.parse(preview).runs[0]?.details).toEqual(details);
  });

  it.each<[string, Partial<MlFacts>, number, string[], string[]]>([
    [
      "the flag is off",
      { measurement: measurement({ seasonFlag: "off" }) },
      0,
      ["flag-off"],
      ["no-effect-expected"],
    ],
    [
      "the table is empty",
      { measurement: measurement({ features: [] }) },
      0,
      ["features-empty"],
      ["no-effect-expected"],
    ],
    [
      "a game is not in the table",
      { measurement: measurement({ features: [{ date: DATE, game: "BOS @ CHI", rows: 1 }] }) },
      1,
      ["games-missing"],
      [],
    ],
    [
      "nothing is missing",
      {
        measurement: measurement({
          expected: ["LAL @ PHX"],
          features: [{ date: DATE, game: "LAL @ PHX", rows: 1 }],
        }),
      },
      1,
      [],
      ["nothing-missing"],
    ],
    [
      "the warehouse is down",
      { measurement: null, problem: "The warehouse does not answer." },
      0,
      [],
      ["warehouse-stale"],
    ],
    ["the daily run is on", { now: new Date("2026-11-23T12:05:00Z") }, 3, [], ["daily-run"]],
    ["no worker runs", { absentWorkers: { since: null, stopped: false } }, 3, [], ["no-worker"]],
  ])("warns when %s", (_, given, willPredict, obstacles, codes) => {
    const { details, warnings } = prepared(given);
    expect(details.willPredict).toBe(willPredict);
    expect(details.obstacles.map(({ code }) => code)).toEqual(obstacles);
    expect(warnings.map(({ code }) => code)).toEqual(codes);
  });

  it.each([
    ["2026-11-22", "2026-11-23T00:00:00Z", "nothing predicts them now"],
    ["2026-11-24", "2026-11-23T23:59:59Z", "from about 12:30 UTC"],
  ])("refuses the games of %s at %s", (gameDate, now, text) => {
    const prepare = () => prepareMlOrder(order(gameDate), SETTINGS, facts({ now: new Date(now) }));
    expect(prepare).toThrow(text);
    expect(prepare).toThrow(
      expect.objectContaining({
        code: "invalid-request",
        fields: [{ path: "params.0.gameDate", message: expect.stringContaining(text) }],
      }),
    );
  });

  it("refuses where the program is not configured", () => {
    expect(() => prepareMlOrder(order(DATE), { ...SETTINGS, ml: null }, facts())).toThrow(".env.example");
  });
});

describe("the request", () => {
  it.each([
    [{ kind: "ml", params: [{ gameDate: DATE }] }, true],
    [{ kind: "ml", params: [{ gameDate: DATE }], overrideDailyRun: true, reason: "dbt was late" }, true],
    [{ kind: "ml", params: [] }, false],
    [{ kind: "ml", params: [{ gameDate: DATE }, { gameDate: DATE }] }, false],
    [{ kind: "ml", params: [{ gameDate: "2026-02-30" }] }, false],
    [{ kind: "ml", params: [{ gameDate: "--help" }] }, false],
    [{ kind: "ml", params: [{ gameDate: DATE, date: DATE }] }, false],
  ])("%j", (request, accepted) => {
    expect(createRunsRequestSchema.safeParse(request).success).toBe(accepted);
  });
});
