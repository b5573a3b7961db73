"use client";

import { useState } from "react";
import type { CalibrationBin, ScoredWindow } from "@/lib/contracts/predictions";
import { barOf, fullest, PLOT, PLOT_HEIGHT, PLOT_WIDTH, plotBins, xOf, yOf } from "./calibration-geometry";
import classes from "./calibration-plot.module.css";
import { binCells, binSentence, binText, calibrationSummary } from "./calibration-words";

const TICKS = [0, 0.5, 1];
const MARKET_ARM = 4;

/** Chances given against results, with the games of each bin; as a drawing or as the table of its numbers. */
export function CalibrationPlot({ calibration }: { calibration: ScoredWindow["calibration"] }) {
  const [asTable, setAsTable] = useState(false);
  const [pointed, setPointed] = useState<number | null>(null);
  const model = pointed === null ? undefined : calibration.model[pointed];
  return (
    <div className={classes.plot}>
      {asTable ? (
        <CalibrationTable calibration={calibration} />
      ) : (
        <Drawing calibration={calibration} pointed={pointed} onPoint={setPointed} />
      )}
      <div className={classes.foot}>
        <p className={classes.reading} aria-hidden={!asTable && model !== undefined}>
          {asTable ? "in percent" : !model ? <Key /> : binSentence(model, calibration.market[pointed ?? -1])}
        </p>
        <button
          type="button"
          className={classes.switch}
          aria-pressed={asTable}
          onClick={() => setAsTable(!asTable)}
        >
          Table
        </button>
      </div>
    </div>
  );
}

function Key() {
  return (
    <span className={classes.key}>
      <svg viewBox="0 0 10 10" width="9" height="9" aria-hidden>
        <circle cx="5" cy="5" r="4.4" className={classes.model} />
      </svg>
      model
      <svg viewBox="0 0 10 10" width="9" height="9" aria-hidden>
        <path d="M5 .8 9.2 5 5 9.2.8 5z" className={classes.market} />
      </svg>
      market
      <svg viewBox="0 0 10 10" width="9" height="9" aria-hidden>
        <rect y="3" width="10" height="7" className={classes.bar} />
      </svg>
      games
    </span>
  );
}

type DrawingProps = {
  calibration: ScoredWindow["calibration"];
  pointed: number | null;
  onPoint: (bin: number | null) => void;
};

function Drawing({ calibration, pointed, onPoint }: DrawingProps) {
  const most = fullest(calibration.model);
  const mostOfAny = fullest(calibration.model, calibration.market);
  const points = plotBins(calibration.model, mostOfAny);
  return (
    <svg
      className={classes.drawing}
      viewBox={`0 0 ${PLOT_WIDTH} ${PLOT_HEIGHT}`}
      role="img"
      aria-label={calibrationSummary(calibration)}
      onPointerLeave={() => onPoint(null)}
    >
      <Axes />
      <polyline className={classes.line} points={points.map(({ x, y }) => `${x},${y}`).join(" ")} />
      {plotBins(calibration.market, mostOfAny).map(({ bin, x, y }) => (
        <path
          key={bin.from}
          className={classes.market}
          d={`M${x} ${y - MARKET_ARM} ${x + MARKET_ARM} ${y} ${x} ${y + MARKET_ARM} ${x - MARKET_ARM} ${y}z`}
        />
      ))}
      {points.map(({ bin, x, y, radius }) => (
        <circle key={bin.from} className={classes.model} cx={x} cy={y} r={radius} />
      ))}
      {calibration.model.map((bin, index) => (
        <g key={bin.from} onPointerEnter={() => onPoint(index)}>
          <rect
            className={classes.reach}
            data-pointed={pointed === index || undefined}
            x={xOf(bin.from)}
            y={PLOT.top}
            width={PLOT.width * (bin.to - bin.from)}
            height={PLOT.height + PLOT.gap + PLOT.bars + PLOT.foot}
          />
          <CountBar bin={bin} most={most} />
        </g>
      ))}
    </svg>
  );
}

function Axes() {
  return (
    <g>
      <path className={classes.grid} d={`M${xOf(0)} ${yOf(0)} ${xOf(1)} ${yOf(1)}`} data-even />
      {TICKS.map((tick) => (
        <g key={tick}>
          <path className={classes.grid} d={`M${xOf(0)} ${yOf(tick)}H${xOf(1)}`} />
          <text className={classes.tick} x={PLOT.left - 5} y={yOf(tick) + 3} textAnchor="end">
            {100 * tick}
          </text>
        </g>
      ))}
    </g>
  );
}

/** A bin's games as a bar, and as a number below it. */
function CountBar({ bin, most }: { bin: CalibrationBin; most: number }) {
  const bar = barOf(bin, most);
  return (
    <>
      <rect className={classes.bar} {...bar} />
      <text
        className={classes.count}
        x={bar.x + bar.width / 2}
        y={PLOT_HEIGHT - PLOT.foot + 11}
        textAnchor="middle"
      >
        {bin.games > 0 ? bin.games : ""}
      </text>
    </>
  );
}

function CalibrationTable({ calibration }: { calibration: ScoredWindow["calibration"] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table longer than its panel is scrolled by keyboard
    <section className={classes.scroller} tabIndex={0} aria-label="Calibration as a table">
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col" rowSpan={2}>
              Home, %
            </th>
            <th scope="colgroup" colSpan={3}>
              Model
            </th>
            <th scope="colgroup" colSpan={3}>
              Market
            </th>
          </tr>
          <tr>
            {["Model", "Market"].map((whose) =>
              ["games", "given", "won"].map((head) => (
                <th key={whose + head} scope="col">
                  {head}
                </th>
              )),
            )}
          </tr>
        </thead>
        <tbody>
          {calibration.model.map((bin, index) => {
            const market = calibration.market[index];
            return (
              <tr key={bin.from}>
                <th scope="row">{binText(bin)}</th>
                <Cells bin={bin} />
                {market && <Cells bin={market} />}
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

function Cells({ bin }: { bin: CalibrationBin }) {
  const [games, forecast, observed] = binCells(bin);
  return (
    <>
      <td>{games}</td>
      <td>{forecast}</td>
      <td>{observed}</td>
    </>
  );
}
