import type { PredictionColumn, PredictionRow } from "@/lib/contracts/predictions";
import { type CsvCell, csvLine } from "@/lib/csv-line";

const CELLS: Record<PredictionColumn, (row: PredictionRow) => CsvCell> = {
  date: ({ date, dateText }) => date ?? dateText,
  tipOff: ({ tipOff }) => tipOff?.eastern ?? null,
  away: ({ away }) => away.name,
  home: ({ home }) => home.name,
  awayWin: ({ awayWin }) => awayWin,
  homeWin: ({ homeWin }) => homeWin,
  awayMoneyline: ({ awayMoneyline }) => awayMoneyline,
  homeMoneyline: ({ homeMoneyline }) => homeMoneyline,
  awayMarket: ({ market }) => rounded(market?.away),
  homeMarket: ({ market }) => rounded(market?.home),
  margin: ({ market }) => rounded(market?.margin),
  edge: ({ edge }) => rounded(edge),
  awayPoints: ({ result }) => result?.awayPoints ?? null,
  homePoints: ({ result }) => result?.homePoints ?? null,
  winner: ({ result }) => result?.winner ?? null,
  favouriteWon: ({ favouriteWon }) => (favouriteWon === null ? null : favouriteWon ? "yes" : "no"),
  firstWrittenAt: ({ firstWrittenAt }) => firstWrittenAt,
};

const HEADINGS: Record<PredictionColumn, string> = {
  date: "game_date",
  tipOff: "tip_off_eastern",
  away: "away_team",
  home: "home_team",
  awayWin: "away_win",
  homeWin: "home_win",
  awayMoneyline: "away_moneyline",
  homeMoneyline: "home_moneyline",
  awayMarket: "away_market",
  homeMarket: "home_market",
  margin: "bookmaker_margin",
  edge: "home_edge",
  awayPoints: "away_points",
  homePoints: "home_points",
  winner: "winner",
  favouriteWon: "favourite_won",
  firstWrittenAt: "first_written_at",
};

/** Rows as CSV by RFC 4180, with a line of headings; probabilities from 0 to 1, derived ones to six digits. */
export function predictionsCsv(rows: readonly PredictionRow[], columns: readonly PredictionColumn[]): string {
  const lines = [
    columns.map((column) => HEADINGS[column]),
    ...rows.map((row) => columns.map((column) => CELLS[column](row))),
  ];
  return lines.map(csvLine).join("");
}

function rounded(value: number | null | undefined): number | null {
  return value === null || value === undefined ? null : Number(value.toFixed(6));
}
