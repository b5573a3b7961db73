import type { CalibrationBin, ForecastScore } from "@/lib/contracts/predictions";

/** A settled game as one forecaster saw it. */
export type Forecast = {
  /** The home team's chance, 0 to 1. */
  chance: number;
  homeWon: boolean;
};

const BINS = 10;

/**
 * How good forecasts were.
 * - Hit rate: the share of games won by the team given more than half; an even chance names no favourite and
 *   does not count.
 * - Brier score: the mean of (chance - outcome) squared, the outcome being 1 when the home team won, else 0.
 *   This is half of the sum over both outcomes in Brier, Verification of Forecasts Expressed in Terms of
 *   Probability (Monthly Weather Review 78, 1950), and the form used for two outcomes ever since.
 */
export function scoreForecasts(forecasts: readonly Forecast[]): ForecastScore {
  const decided = forecasts.filter(({ chance }) => chance !== 0.5);
  const hits = decided.filter(({ chance, homeWon }) => chance > 0.5 === homeWon).length;
  const squares = forecasts.reduce((sum, { chance, homeWon }) => sum + (chance - Number(homeWon)) ** 2, 0);
  return {
    games: forecasts.length,
    decided: decided.length,
    hits,
    hitRate: decided.length > 0 ? hits / decided.length : null,
    brier: forecasts.length > 0 ? squares / forecasts.length : null,
  };
}

/**
 * Reliability of forecasts in ten bins of equal width: for each the mean chance given and the share of games that
 * the home team won, with the number of games it rests on (the reliability diagram of Wilks, Statistical Methods
 * in the Atmospheric Sciences, chapter 9). Well calibrated is where both agree.
 */
export function calibrate(forecasts: readonly Forecast[]): CalibrationBin[] {
  return Array.from({ length: BINS }, (_, bin) => {
    const inBin = forecasts.filter(({ chance }) => binOf(chance) === bin);
    const games = inBin.length;
    return {
      from: bin / BINS,
      to: (bin + 1) / BINS,
      games,
      forecast: games > 0 ? inBin.reduce((sum, { chance }) => sum + chance, 0) / games : null,
      observed: games > 0 ? inBin.filter(({ homeWon }) => homeWon).length / games : null,
    };
  });
}

/** A bin holds its lower edge; the last one holds 1 too. */
function binOf(chance: number): number {
  return Math.min(BINS - 1, Math.floor(chance * BINS));
}
