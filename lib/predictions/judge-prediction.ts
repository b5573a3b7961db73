import type { Finding, Market, Side } from "@/lib/contracts/predictions";
import { marketOf } from "./odds";

/** How far from 1 two win probabilities may add up: the pipeline rounds each to three digits. */
export const SUM_TOLERANCE = 0.001;
/** What a sum of doubles may be off by; without it 0.501 + 0.5 would miss the tolerance. */
export const SUM_ROUNDING = 1e-9;

/** A prediction's row and what is known of its game. Moments are milliseconds since 1970. */
export type PredictionFacts = {
  hasDate: boolean;
  homeWin: number | null;
  awayWin: number | null;
  homeMoneyline: number | null;
  awayMoneyline: number | null;
  firstWrittenAt: number | null;
  tipOffAt: number | null;
  winner: Side | null;
};

export type PredictionJudgement = {
  market: Market | null;
  edge: number | null;
  favourite: Side | null;
  favouriteWon: boolean | null;
  findings: Finding[];
};

/** What an operator reads from a prediction, and what the row itself shows to be amiss. */
export function judgePrediction(facts: PredictionFacts): PredictionJudgement {
  const market = marketOf(facts.homeMoneyline, facts.awayMoneyline);
  const favourite = favouriteOf(facts.homeWin);
  return {
    market,
    edge: market && isProbability(facts.homeWin) ? facts.homeWin - market.home : null,
    favourite,
    favouriteWon: favourite === null || facts.winner === null ? null : favourite === facts.winner,
    findings: findingsOf(facts),
  };
}

export function isProbability(value: number | null): value is number {
  return value !== null && value >= 0 && value <= 1;
}

function favouriteOf(homeWin: number | null): Side | null {
  if (!isProbability(homeWin) || homeWin === 0.5) return null;
  return homeWin > 0.5 ? "home" : "away";
}

function findingsOf({ hasDate, homeWin, awayWin, firstWrittenAt, tipOffAt }: PredictionFacts): Finding[] {
  const findings: Finding[] = [];
  if (!isProbability(homeWin) || !isProbability(awayWin)) findings.push("out-of-range");
  else if (Math.abs(homeWin + awayWin - 1) > SUM_TOLERANCE + SUM_ROUNDING) findings.push("not-summing");
  if (firstWrittenAt !== null && tipOffAt !== null && firstWrittenAt > tipOffAt)
    findings.push("after-tip-off");
  if (!hasDate) findings.push("unreadable-date");
  return findings;
}
