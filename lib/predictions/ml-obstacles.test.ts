import { describe, expect, it } from "vitest";
import { findMlObstacles, isBlocking, type MlSituation } from "./ml-obstacles";

const DATE = "2026-11-23";
const NOON = new Date("2026-11-23T12:10:00Z");
const NIGHT = new Date("2026-11-23T05:59:59Z");
const GAMES = ["LAL @ PHX", "BOS @ CHI"];

const games = (date: string | null, names = GAMES, rows = 1) => names.map((game) => ({ date, game, rows }));

const situation = (given: Partial<MlSituation> = {}): MlSituation => ({
  seasonFlag: "on",
  features: games(DATE),
  featuresProblem: null,
  expected: GAMES,
  ...given,
});

describe("findMlObstacles", () => {
  it.each<[string, Partial<MlSituation>, Date, string[], string[]]>([
    ["all is well", {}, NOON, [], []],
    ["the flag is off", { seasonFlag: "off" }, NOON, ["flag-off"], ["flag"]],
    ["the flag is missing", { seasonFlag: "missing" }, NOON, ["flag-missing"], ["flag"]],
    ["the flag cannot be read", { seasonFlag: "unknown" }, NOON, [], []],
    [
      "the table is missing",
      { features: null, featuresProblem: "silver.ml_game_features does not exist" },
      NOON,
      ["features-missing"],
      ["dbt"],
    ],
    ["the table is empty", { features: [] }, NOON, ["features-empty"], ["dbt"]],
    ["the table is empty at night", { features: [] }, NIGHT, ["too-early"], ["wait"]],
    ["there is no game", { features: [], expected: [] }, NOON, ["no-games"], ["look"]],
    ["there is no game, at night", { features: [], expected: [] }, NIGHT, ["no-games"], ["look"]],
    [
      "there is no game, and yesterday's are in it",
      { features: games("2026-11-22"), expected: [] },
      NOON,
      ["no-games"],
      ["look"],
    ],
    ["there is no game but one in it", { features: games(DATE, ["LAL @ PHX"]), expected: [] }, NOON, [], []],
    ["yesterday's games are in it", { features: games("2026-11-22") }, NOON, ["date-mismatch"], ["dbt"]],
    [
      "yesterday's games are in it at night",
      { features: games("2026-11-22") },
      NIGHT,
      ["too-early"],
      ["wait"],
    ],
    [
      "two dates are in it",
      { features: [...games(DATE, ["LAL @ PHX"]), ...games("2026-11-22", ["BOS @ CHI"])] },
      NOON,
      ["date-mismatch"],
      ["dbt"],
    ],
    ["no readable date is in it", { features: games(null) }, NOON, ["date-mismatch"], ["dbt"]],
    ["a game is in it twice", { features: games(DATE, GAMES, 2) }, NOON, ["duplicates"], ["dbt"]],
    ["a game is not in it", { features: games(DATE, ["LAL @ PHX"]) }, NOON, ["games-missing"], ["dbt"]],
    ["a game more is in it", { expected: ["LAL @ PHX"] }, NOON, [], []],
    [
      "flag and table stand in the way",
      { seasonFlag: "off", features: games("2026-11-22") },
      NOON,
      ["flag-off", "date-mismatch"],
      ["flag", "dbt"],
    ],
  ])("when %s", (_, given, now, codes, steps) => {
    const obstacles = findMlObstacles(DATE, now, situation(given));
    expect(obstacles.map(({ code }) => code)).toEqual(codes);
    expect(obstacles.map(({ step }) => step.do)).toEqual(steps);
    expect(obstacles.every(isBlocking)).toBe(!codes.includes("games-missing"));
  });

  it("names dates, games and the build", () => {
    const [mismatch] = findMlObstacles(DATE, NOON, situation({ features: games("2026-11-22") }));
    expect(mismatch?.text).toBe(
      "The feature table holds the games of Sun Nov 22, 2026; the ML program predicts those of Mon Nov 23, 2026.",
    );
    expect(mismatch?.step.command).toBe("dbt build --select ml_game_features --target prod");
    const [lacking] = findMlObstacles(DATE, NOON, situation({ features: games(DATE, ["LAL @ PHX"]) }));
    expect(lacking?.text).toBe("The feature table lacks BOS @ CHI: it gets no prediction.");
  });

  it("says before 06:00 UTC that a build would not help, and from then on that it would", () => {
    const at = (time: string) =>
      findMlObstacles(DATE, new Date(`${DATE}T${time}Z`), situation({ features: games("2026-11-22") }))[0];
    expect(at("05:59:59.999")?.text).toContain("dbt still builds the games of Sun Nov 22, 2026");
    expect(at("06:00:00")?.code).toBe("date-mismatch");
  });
});
