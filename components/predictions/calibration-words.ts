import { countText } from "@/components/freshness/day-label";
import type { CalibrationBin, ScoredWindow } from "@/lib/contracts/predictions";
import { NONE, percentText } from "./prediction-words";

/** `60–70%` */
export function binText({ from, to }: Pick<CalibrationBin, "from" | "to">): string {
  return `${Math.round(100 * from)}–${Math.round(100 * to)}%`;
}

/** One bin of the plot in one sentence, the market's beside the model's. */
export function binSentence(model: CalibrationBin, market: CalibrationBin | undefined): string {
  const own =
    model.games === 0
      ? "no game by the model"
      : `${countText(model.games, "game")}, home won ${percentText(model.observed)}`;
  const other =
    market === undefined || market.games === 0
      ? ""
      : `; market ${countText(market.games, "game")}, ${percentText(market.observed)}`;
  return `Home given ${binText(model)}: ${own}${other}.`;
}

/** What the whole drawing shows, for whoever cannot see it. */
export function calibrationSummary(calibration: ScoredWindow["calibration"]): string {
  const filled = calibration.model.filter(({ games }) => games > 0);
  const games = filled.reduce((sum, bin) => sum + bin.games, 0);
  if (games === 0) return "No game to compare chances with results.";
  const bins = filled
    .map((bin) => `${binText(bin)}: ${percentText(bin.observed)} of ${bin.games}`)
    .join(", ");
  return `How often the home team won, by the chance that the model gave it, over ${countText(games, "game")}. ${bins}.`;
}

/** The cells of a bin in the table that stands for the drawing, shares in percent without the sign. */
export function binCells(bin: CalibrationBin): [games: string, forecast: string, observed: string] {
  if (bin.games === 0) return [NONE, NONE, NONE];
  return [String(bin.games), bareText(bin.forecast), bareText(bin.observed)];
}

function bareText(share: number | null): string {
  return percentText(share).replace("%", "");
}
