"use client";

import type { PredictionRow } from "@/lib/contracts/predictions";
import type { GameDate } from "@/lib/game-date";
import { moneylineText, percentText, pointsText } from "./prediction-words";
import classes from "./predictions-cards.module.css";
import { RowDate } from "./row-date";
import { Result, RowGame, StateMark, TipOff } from "./row-parts";
import { WinBar } from "./win-bar";

/** The predictions on a phone: one card for each game, all of its numbers in three lines. */
export function PredictionsCards({ rows, today }: { rows: PredictionRow[]; today: GameDate }) {
  return (
    <ul className={classes.cards} aria-label="Predictions">
      {rows.map((row, index) => (
        <li key={row.key} className={classes.card}>
          <div className={classes.line}>
            <RowGame row={row} />
            <span className={classes.end}>
              <Result row={row} today={today} />
            </span>
          </div>
          <div className={classes.line}>
            {row.state === "predicted" ? (
              <span className={classes.chance}>
                <b>{percentText(row.homeWin)}</b> home
                <WinBar homeWin={row.homeWin} market={row.market} />
              </span>
            ) : (
              <StateMark state={row.state} />
            )}
            <span className={classes.end}>
              <RowDate row={row} today={today} first={row.date !== rows[index - 1]?.date} />{" "}
              <span className={classes.quiet}>
                <TipOff tipOff={row.tipOff} />
              </span>
            </span>
          </div>
          {row.state === "predicted" && <Odds row={row} />}
        </li>
      ))}
    </ul>
  );
}

function Odds({ row }: { row: PredictionRow }) {
  return (
    <div className={`${classes.line} ${classes.quiet}`}>
      {row.market ? (
        <span>
          market {percentText(row.market.home)}
          <span className={classes.edge} data-above={(row.edge ?? 0) > 0 || undefined}>
            {" "}
            edge {pointsText(row.edge)}
          </span>
        </span>
      ) : (
        <span>no odds of both teams</span>
      )}
      <span className={classes.end}>
        {moneylineText(row.awayMoneyline)} / {moneylineText(row.homeMoneyline)}
      </span>
    </div>
  );
}
