import { describe, expect, it } from "vitest";
import { PREDICTION_COLUMNS, type PredictionRow } from "@/lib/contracts/predictions";
import { predictionsCsv } from "./predictions-csv";

const row = (given: Partial<PredictionRow> = {}): PredictionRow => ({
  key: "1",
  date: "2026-11-20",
  dateText: null,
  tipOff: { eastern: "7:30p", at: "2026-11-21T00:30:00.000Z" },
  away: { acronym: "LAL", name: "Los Angeles Lakers", color: null },
  home: { acronym: "PHX", name: "Phoenix Suns", color: null },
  state: "predicted",
  homeWin: 0.4,
  awayWin: 0.6,
  homeMoneyline: 120,
  awayMoneyline: -140,
  market: { home: 0.4380952380952381, away: 0.5619047619047619, margin: 0.037878787878787845 },
  edge: -0.0380952380952381,
  favourite: "away",
  result: { awayPoints: 110, homePoints: 104, winner: "away" },
  favouriteWon: true,
  firstWrittenAt: "2026-11-20T12:06:20.000Z",
  findings: [],
  ...given,
});

const named = (name: string) => row({ away: { acronym: "X", name, color: null } });

describe("predictionsCsv", () => {
  it("writes the chosen columns, headings first, with CRLF", () => {
    expect(predictionsCsv([row()], PREDICTION_COLUMNS)).toBe(
      "game_date,tip_off_eastern,away_team,home_team,away_win,home_win,away_moneyline,home_moneyline,away_market,home_market,bookmaker_margin,home_edge,away_points,home_points,winner,favourite_won,first_written_at\r\n" +
        "2026-11-20,7:30p,Los Angeles Lakers,Phoenix Suns,0.6,0.4,-140,120,0.561905,0.438095,0.037879,-0.038095,110,104,away,yes,2026-11-20T12:06:20.000Z\r\n",
    );
    expect(predictionsCsv([row()], ["home", "date"])).toBe(
      "home_team,game_date\r\nPhoenix Suns,2026-11-20\r\n",
    );
  });

  it("leaves empty what is not known, and writes a date that is none as it is", () => {
    const bare = row({ date: null, dateText: "soon", tipOff: null, market: null, edge: null, result: null });
    expect(predictionsCsv([bare], ["date", "tipOff", "homeMarket", "edge", "awayPoints", "winner"])).toBe(
      "game_date,tip_off_eastern,home_market,home_edge,away_points,winner\r\nsoon,,,,,\r\n",
    );
  });

  it.each([
    ["=1+1", "'=1+1"],
    ["+1", "'+1"],
    ["-1", "'-1"],
    ["@SUM(A1)", "'@SUM(A1)"],
    [" =1+1", "' =1+1"],
    ["\t=1", "'\t=1"],
    ["Tom, Dick", '"Tom, Dick"'],
    ['a "b"', '"a ""b"""'],
    ["two\nlines", '"two\nlines"'],
    ['=HYPERLINK("x","y")', '"\'=HYPERLINK(""x"",""y"")"'],
    ["Portland Trail Blazers", "Portland Trail Blazers"],
  ])("writes the name %j as %s", (name, cell) => {
    expect(predictionsCsv([named(name)], ["away"])).toBe(`away_team\r\n${cell}\r\n`);
  });

  it("keeps the sign of numbers", () => {
    expect(predictionsCsv([row()], ["awayMoneyline", "edge"])).toContain("\r\n-140,-0.038095\r\n");
  });
});
