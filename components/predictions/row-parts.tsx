"use client";

import { DATE_STATE } from "@/components/freshness/date-state";
import { TeamName } from "@/components/freshness/game-name";
import gameName from "@/components/freshness/game-name.module.css";
import { GlyphDrawing } from "@/components/freshness/state-glyph";
import { useExactTitle } from "@/components/shell/relative-time";
import type { PredictionRow } from "@/lib/contracts/predictions";
import type { GameDate } from "@/lib/game-date";
import { FINDING_LOOK } from "./finding-look";
import { PREDICTION_STATE } from "./prediction-state";
import { favouriteText, NONE, resultText } from "./prediction-words";
import classes from "./row-parts.module.css";

/** `LAL @ PHX` with the teams' colours, the winner in bold, and what the row shows to be amiss. */
export function RowGame({ row }: { row: PredictionRow }) {
  const winner = row.result?.winner;
  return (
    <span className={classes.wrap}>
      <span className={gameName.game} title={`${row.away.name} at ${row.home.name}`}>
        <TeamName team={row.away} won={winner === "away"} />
        <span className={gameName.at}> @ </span>
        <TeamName team={row.home} won={winner === "home"} />
      </span>
      {row.findings.map((finding) => {
        const { badge, description } = FINDING_LOOK[finding];
        return (
          badge && (
            <span key={finding} className={classes.finding} title={description}>
              {badge}
            </span>
          )
        );
      })}
    </span>
  );
}

/** `7:30p`, Eastern; on hover the whole moment in Eastern and in the reader's time. */
export function TipOff({ tipOff }: Pick<PredictionRow, "tipOff">) {
  if (tipOff?.at) return <TimedTipOff eastern={tipOff.eastern} at={tipOff.at} />;
  return tipOff === null ? (
    <span className={classes.quiet} title="The schedule does not list this game.">
      {NONE}
    </span>
  ) : (
    (tipOff.eastern ?? <span className={classes.quiet}>no time</span>)
  );
}

function TimedTipOff({ eastern, at }: { eastern: string | null; at: string }) {
  const title = useExactTitle(new Date(at));
  return (
    <time dateTime={at} title={title}>
      {eastern ?? NONE}
    </time>
  );
}

/** The score and whether the model's favourite won; before that, when it is to come. */
export function Result({ row, today }: { row: PredictionRow; today: GameDate }) {
  const text = resultText(row);
  if (text === null) return <span className={classes.quiet}>{waitingText(row.date, today)}</span>;
  if (row.favouriteWon === null) return text;
  return (
    <span className={classes.result} data-won={row.favouriteWon} title={favouriteText(row) ?? undefined}>
      <GlyphDrawing glyph={DATE_STATE[row.favouriteWon ? "whole" : "missing"].glyph} size={11} />
      <span className={classes.hidden}>{row.favouriteWon ? "favourite won," : "favourite lost,"}</span>
      {text}
    </span>
  );
}

function waitingText(date: GameDate | null, today: GameDate): string {
  if (date === null) return NONE;
  if (date === today) return "tonight";
  return date > today ? "to come" : "no box scores";
}

/** How a game without a prediction stands. */
export function StateMark({ state }: Pick<PredictionRow, "state">) {
  const { label, glyph, tone, description } = PREDICTION_STATE[state];
  return (
    <span className={classes.state} data-tone={tone} title={description}>
      <GlyphDrawing glyph={glyph} size={11} />
      {label}
    </span>
  );
}
