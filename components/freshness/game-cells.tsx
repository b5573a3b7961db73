import Link from "next/link";
import { PREDICTION_STATE } from "@/components/predictions/prediction-state";
import { favouriteChance, percentText } from "@/components/predictions/prediction-words";
import { predictionsHref } from "@/components/predictions/predictions-href";
import type { GameCoverage, SilverState } from "@/lib/contracts/coverage";
import type { GameDate } from "@/lib/game-date";
import { DATE_STATE } from "./date-state";
import classes from "./game-cells.module.css";
import { SILVER_STATE } from "./silver-state";
import { GlyphDrawing } from "./state-glyph";

type CellProps = { game: GameCoverage; due: boolean };

/** Box scores of a game: how many rows, or of which team alone. */
export function BoxScoresCell({ game, due }: CellProps) {
  const { present, awayRows, homeRows } = game.boxscores;
  const rows = awayRows + homeRows;
  if (present)
    return (
      <Present rows={rows} title={`${awayRows} ${game.away.acronym}, ${homeRows} ${game.home.acronym}`} />
    );
  if (rows === 0) return <Absent due={due} />;
  return (
    <Mark
      tone="missing"
      text={`${awayRows > 0 ? game.away.acronym : game.home.acronym} only`}
      title={`${rows} rows`}
    />
  );
}

/** Plays of a game. */
export function PlaysCell({ game, due }: CellProps) {
  return game.pbp.present ? <Present rows={game.pbp.rows} /> : <Absent due={due} />;
}

/** A game's prediction: the model's favourite with its chance, which leads to its row; or why there is none. */
export function PredictionCell({ game, date }: { game: GameCoverage; date: GameDate }) {
  const { prediction } = game;
  if (prediction === null) return <span className={classes.quiet}>–</span>;
  const { label, glyph, tone, description } = PREDICTION_STATE[prediction.state];
  if (prediction.state === "predicted") {
    const favourite = favouriteChance(prediction);
    return (
      <Link
        href={predictionsHref({ team: game.home.acronym, date })}
        className={classes.prediction}
        title={predictionTitle(game)}
      >
        {favourite ? `${game[favourite.side].acronym} ${percentText(favourite.chance)}` : "no number"}
      </Link>
    );
  }
  return (
    <span
      className={prediction.state === "fillable" ? classes.mark : classes.quietMark}
      data-tone={tone}
      title={description}
    >
      <GlyphDrawing glyph={glyph} size={11} />
      {label}
    </span>
  );
}

function predictionTitle({ home, away, prediction }: GameCoverage): string {
  return `${away.acronym} ${percentText(prediction?.awayWin ?? null)}, ${home.acronym} ${percentText(prediction?.homeWin ?? null)}`;
}

/** Silver's box scores and plays against bronze's: one check where both are whole, else what is behind. */
export function SilverCell({ game, due }: CellProps) {
  const box = game.silverBoxscores;
  const plays = game.silverPbp;
  const states = [box?.state, plays?.state].filter((state) => state !== undefined);
  if (!due && states.every((state) => state === "waits")) return <span className={classes.quiet}>–</span>;
  if (states.every((state) => state === "whole")) {
    return <Present rows={box?.rows ?? plays?.rows ?? 0} title={silverTitle(game)} />;
  }
  if (!states.some((state) => SILVER_STATE[state].behind)) return <Waits />;
  if (box && plays && box.state === plays.state) {
    return <Behind text={SILVER_STATE[box.state].label} state={box.state} />;
  }
  return (
    <span className={classes.pair} title={silverTitle(game)}>
      {box && <Silver part="box" state={box.state} />}
      {plays && <Silver part="plays" state={plays.state} />}
    </span>
  );
}

function Silver({ part, state }: { part: "box" | "plays"; state: SilverState }) {
  const { label, behind } = SILVER_STATE[state];
  return behind ? <Behind text={`${part} ${label}`} state={state} /> : null;
}

function Behind({ text, state }: { text: string; state: SilverState }) {
  return <Mark tone="stale" text={text} title={SILVER_STATE[state].description} />;
}

function silverTitle({ silverBoxscores: box, silverPbp: plays }: GameCoverage): string {
  return [box && `${box.rows} rows of box scores`, plays && `${plays.rows} rows of plays`]
    .filter(Boolean)
    .join(", ");
}

function Waits() {
  return (
    <span className={classes.quiet} title={SILVER_STATE.waits.description}>
      waits
    </span>
  );
}

function Present({ rows, title }: { rows: number; title?: string }) {
  return (
    <span className={classes.mark} data-tone="whole" title={title ?? `${rows} rows`}>
      <GlyphDrawing glyph={DATE_STATE.whole.glyph} />
      <span className={classes.quiet}>{rows}</span>
    </span>
  );
}

function Absent({ due }: { due: boolean }) {
  return due ? <Mark tone="missing" text="missing" /> : <span className={classes.quiet}>not yet</span>;
}

function Mark({ tone, text, title }: { tone: "missing" | "stale"; text: string; title?: string }) {
  return (
    <span className={classes.mark} data-tone={tone} title={title}>
      <GlyphDrawing glyph={DATE_STATE[tone].glyph} />
      <b className={classes.word}>{text}</b>
    </span>
  );
}
