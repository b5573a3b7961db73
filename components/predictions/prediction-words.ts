import type { PredictionRow, Side } from "@/lib/contracts/predictions";

/** What stands where there is no number. */
export const NONE = "–";

/** `66.7%` of a share from 0 to 1; a dash for none. */
export function percentText(share: number | null): string {
  return share === null ? NONE : `${(100 * share).toFixed(1).replace("-", "−")}%`;
}

/** `+4.3` percentage points of a difference of two chances; a dash for none. */
export function pointsText(difference: number | null): string {
  return difference === null ? NONE : signed(Math.round(1000 * difference) / 10, 1);
}

/** American odds with their sign: `+150`, `−120`; a dash for none. */
export function moneylineText(odds: number | null): string {
  return odds === null ? NONE : signed(odds, 0);
}

/** `0.209`; a dash for none. */
export function brierText(score: number | null): string {
  return score === null ? NONE : score.toFixed(3);
}

function signed(value: number, digits: number): string {
  if (value === 0) return value.toFixed(digits).replace("-", "");
  return `${value > 0 ? "+" : "−"}${Math.abs(value).toFixed(digits)}`;
}

/** `7 of 9`, with thousands marked. */
export function ofText(part: number, whole: number): string {
  return `${part.toLocaleString("en-US")} of ${whole.toLocaleString("en-US")}`;
}

/** How a game ended, as a row shows it; `null` while box scores lack. */
export function resultText({ result }: Pick<PredictionRow, "result">): string | null {
  if (result === null) return null;
  const { awayPoints, homePoints, winner } = result;
  if (awayPoints !== null && homePoints !== null) return `${awayPoints}–${homePoints}`;
  return winner === null ? "undecided" : `${winner} won`;
}

/** The model's favourite and whether it won, in one sentence; null while there is nothing to say. */
export function favouriteText(
  row: Pick<PredictionRow, "favourite" | "favouriteWon" | "home" | "away">,
): string | null {
  if (row.favouriteWon === null || row.favourite === null) return null;
  const { acronym } = row[row.favourite];
  return row.favouriteWon
    ? `The model's favourite, ${acronym}, won.`
    : `The model's favourite, ${acronym}, lost.`;
}

/** The two chances and what lies between them: `HOME 70.5% by the model, 66.2% by the market: +4.3 points`. */
export function edgeSentence(row: Pick<PredictionRow, "home" | "homeWin" | "market" | "edge">): string {
  const model = `${row.home.acronym} ${percentText(row.homeWin)} by the model`;
  if (row.market === null) return `${model}; no odds of both teams`;
  return `${model}, ${percentText(row.market.home)} by the market: ${pointsText(row.edge)} points`;
}

/** The favourite's acronym and chance, `MIL 70.0%`; at an even chance the home team's. Null without numbers. */
export function favouriteChance(chances: {
  homeWin: number | null;
  awayWin: number | null;
}): { side: Side; chance: number } | null {
  const { homeWin, awayWin } = chances;
  if (homeWin === null && awayWin === null) return null;
  if (homeWin === null || (awayWin !== null && awayWin > homeWin))
    return { side: "away", chance: awayWin ?? 0 };
  return { side: "home", chance: homeWin };
}
