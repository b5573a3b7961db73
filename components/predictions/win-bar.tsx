import type { PredictionRow } from "@/lib/contracts/predictions";
import classes from "./win-bar.module.css";

const WIDTH = 88;
const HEIGHT = 12;
const BAR = 5;

/** The home team's chance as a bar, with a mark where the market without its margin stands. */
export function WinBar({ homeWin, market }: Pick<PredictionRow, "homeWin" | "market">) {
  const top = (HEIGHT - BAR) / 2;
  return (
    <svg className={classes.bar} width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden>
      <rect className={classes.track} y={top} width={WIDTH} height={BAR} rx={BAR / 2} />
      {homeWin !== null && (
        <rect className={classes.model} y={top} width={WIDTH * within(homeWin)} height={BAR} rx={BAR / 2} />
      )}
      {market && (
        <rect className={classes.mark} x={WIDTH * within(market.home) - 1} width="2" height={HEIGHT} />
      )}
    </svg>
  );
}

function within(chance: number): number {
  return Math.min(1, Math.max(0, chance));
}
