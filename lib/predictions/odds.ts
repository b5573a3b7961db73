import type { Market } from "@/lib/contracts/predictions";

/** American odds are never nearer to zero: -100 and +100 both mean an even bet. */
const LEAST_MONEYLINE = 100;

/**
 * The chance that American odds imply, the bookmaker's margin still in it: 100 / (m + 100) for m > 0 and
 * -m / (-m + 100) for m < 0 (docs/pipeline.md). Null for what is no American price, 0 among it.
 */
export function impliedProbability(moneyline: number | null): number | null {
  if (moneyline === null || !Number.isFinite(moneyline) || Math.abs(moneyline) < LEAST_MONEYLINE) return null;
  return moneyline > 0 ? 100 / (moneyline + 100) : -moneyline / (-moneyline + 100);
}

/**
 * Both teams' chances by the market, the margin taken out in proportion: p = q / (q_home + q_away), the
 * "normalisation" of Clarke, Kovalchik and Ingram, Adjusting Bookmaker's Odds to Allow for Overround (American
 * Journal of Sports Science 5(6), 2017). Null unless both teams have odds.
 */
export function marketOf(homeMoneyline: number | null, awayMoneyline: number | null): Market | null {
  const home = impliedProbability(homeMoneyline);
  const away = impliedProbability(awayMoneyline);
  if (home === null || away === null) return null;
  const total = home + away;
  return { home: home / total, away: away / total, margin: total - 1 };
}
