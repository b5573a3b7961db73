"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { DATE_STATE } from "@/components/freshness/date-state";
import { GlyphDrawing } from "@/components/freshness/state-glyph";
import { CommandLine } from "@/components/shell/command-line";
import { amountText } from "@/components/shell/format-time";
import { useNow } from "@/components/shell/now-provider";
import { WarningList } from "@/components/shell/warning-list";
import type { MlPreview } from "@/lib/contracts/run-kinds/ml";
import type { RunPreview } from "@/lib/contracts/runs";
import { easternDate, type GameDate, shortLabel } from "@/lib/game-date";
import { quoteArgv } from "@/lib/runs/quote-argv";
import { CloseTime } from "./close-time";
import classes from "./ml-preview.module.css";
import { featuresText, SEASON_FLAG, willPredictText } from "./ml-words";
import { Obstacles } from "./obstacles";

type MlPreviewProps = {
  details: MlPreview;
  run: RunPreview["runs"][number];
  warnings: RunPreview["warnings"];
};

/** What the ML program would predict now, what stands in the way with its remedy, and what exactly would run. */
export function MlPreviewView({ details, run, warnings }: MlPreviewProps) {
  const { features, seasonFlag, obstacles, closesAt } = details;
  const said = new Set(obstacles.map(({ text }) => text));
  return (
    <div className={classes.preview}>
      <p className={classes.sentence} data-nothing={details.willPredict === 0 || undefined}>
        {willPredictText(details)}
      </p>
      <Closed gameDate={details.gameDate} />
      {obstacles.length > 0 && <Obstacles obstacles={obstacles} />}
      <dl className={classes.facts}>
        <Fact name="Feature table" good={features.isToday && features.rows > 0}>
          {featuresText(features)}
        </Fact>
        <Fact name="Season flag" good={SEASON_FLAG[seasonFlag].good}>
          {SEASON_FLAG[seasonFlag].label}
        </Fact>
        <Fact name="Closes">
          <CloseTime at={closesAt} />
        </Fact>
      </dl>
      <Games games={details.games} />
      <WarningList warnings={warnings.filter(({ text }) => !said.has(text))} />
      <CommandLine command={quoteArgv(run.argv)} label="the command" />
      <p className={classes.where}>
        in <code>{run.cwd}</code> ·{" "}
        {run.alreadyActive ? (
          <Link href={`/runs/${run.alreadyActive.id}`}>already {run.alreadyActive.state}</Link>
        ) : run.startsInSeconds <= 1 ? (
          "starts at once"
        ) : (
          `starts in ${amountText(run.startsInSeconds)}`
        )}
      </p>
    </div>
  );
}

/** From 7 or 8 PM Eastern on, tonight's games are out of the program's reach. */
function Closed({ gameDate }: { gameDate: GameDate }) {
  const tonight = easternDate(useNow());
  if (tonight === gameDate) return null;
  return (
    <p className={classes.where}>
      The games of {shortLabel(tonight)} closed at 24:00 UTC: no run predicts them any more.
    </p>
  );
}

function Fact({ name, good, children }: { name: string; good?: boolean; children: ReactNode }) {
  return (
    <div className={classes.fact} data-good={good}>
      <dt>{name}</dt>
      <dd>
        <span className={classes.glyph}>
          {good !== undefined && (
            <GlyphDrawing glyph={DATE_STATE[good ? "whole" : "missing"].glyph} size={11} />
          )}
        </span>
        <span>{children}</span>
      </dd>
    </div>
  );
}

function Games({ games }: { games: MlPreview["games"] }) {
  if (games.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a long list is scrolled by keyboard
    <section className={classes.games} tabIndex={0} aria-label="Games">
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Game</th>
            <th scope="col">Feature table</th>
            <th scope="col">Prediction now</th>
          </tr>
        </thead>
        <tbody>
          {games.map(({ game, expected, inFeatures, predicted }) => (
            <tr key={game}>
              <th scope="row">
                {game}
                {!expected && <span className={classes.quiet}> not scheduled</span>}
              </th>
              <td>{inFeatures ? "there" : <span className={classes.lacking}>not there</span>}</td>
              <td>{predicted ? <span className={classes.quiet}>has one</span> : <b>none</b>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
