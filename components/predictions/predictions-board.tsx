"use client";

import { Button } from "@mantine/core";
import dynamic from "next/dynamic";
import { useState } from "react";
import { PHONE, useMedia } from "@/components/shell/use-media";
import type { PredictionsSummary } from "@/lib/contracts/predictions";
import board from "./board.module.css";
import { fullest } from "./calibration-geometry";
import { Explained } from "./explained";
import { percentText } from "./prediction-words";
import { SCORE_WINDOWS, type ScoreWindow } from "./predictions-url";
import { SanityPanel } from "./sanity-panel";
import { ScoreTable, windowOf } from "./score-table";
import { hitRateSentence, scoresOf, WINDOW_NAME } from "./score-words";
import { TonightPanel } from "./tonight-panel";

const CalibrationPlot = dynamic(() => import("./calibration-plot").then((module) => module.CalibrationPlot), {
  ssr: false,
  loading: () => <div className={board.plotBone} />,
});

type BoardProps = {
  summary: PredictionsSummary;
  window: ScoreWindow;
  onWindow: (window: ScoreWindow) => void;
  /** The run that was ordered on this page. */
  orderedRun: string | null;
};

/** What stands above the table: tonight, how good the model was, and what is amiss. */
export function PredictionsBoard({ summary, window, onWindow, orderedRun }: BoardProps) {
  return (
    <div className={board.board}>
      <TonightPanel summary={summary} orderedRun={orderedRun} />
      <ScoresPanel summary={summary} />
      <section className={board.panel} aria-labelledby="calibration-title">
        <div className={board.head}>
          <h2
            id="calibration-title"
            className={board.name}
            title="how often the home team won, by the chance that it was given"
          >
            Calibration
          </h2>
          <WindowSwitch window={window} onWindow={onWindow} />
        </div>
        <Calibration summary={summary} window={window} />
      </section>
      <SanityPanel summary={summary} />
    </div>
  );
}

function ScoresPanel({ summary: { scores, resultsProblem } }: { summary: PredictionsSummary }) {
  const month = scores && windowOf(scores, "30");
  const headline = month && scoresOf(month);
  return (
    <section className={board.panel} aria-labelledby="scores-title">
      <div className={board.head}>
        <h2 id="scores-title" className={board.name}>
          Hit rate, 30 days
        </h2>
        <p className={board.lead}>
          {month && headline && headline.model.hitRate !== null ? (
            <>
              <span className={board.figure}>
                <Explained by={hitRateSentence("model", headline.model, month)}>
                  {percentText(headline.model.hitRate)}
                </Explained>
              </span>
              <span className={board.aside}>market {percentText(headline.market.hitRate)}</span>
            </>
          ) : (
            <span className={board.figure}>{month ? "no result" : "unknown"}</span>
          )}
        </p>
      </div>
      {scores && <ScoreTable scores={scores} />}
      {resultsProblem && (
        <p className={board.note} data-tone="partial">
          {resultsProblem}
        </p>
      )}
      {scores && !resultsProblem && (
        <p className={board.aside}>
          Bold: the better of the two over the same games. Lower is better for Brier.
        </p>
      )}
    </section>
  );
}

function WindowSwitch({
  window,
  onWindow,
}: {
  window: ScoreWindow;
  onWindow: (window: ScoreWindow) => void;
}) {
  return (
    <fieldset className={board.windows}>
      <legend className={board.hidden}>Dates of the plot</legend>
      {SCORE_WINDOWS.map((value) => (
        <button
          key={value}
          type="button"
          className={board.window}
          aria-pressed={window === value}
          onClick={() => onWindow(value)}
        >
          {WINDOW_NAME[value]}
        </button>
      ))}
    </fieldset>
  );
}

function Calibration({ summary: { scores }, window }: { summary: PredictionsSummary; window: ScoreWindow }) {
  const phone = useMedia(PHONE);
  const [wanted, setWanted] = useState(false);
  const scored = scores && windowOf(scores, window);
  if (!scored || fullest(scored.calibration.model) === 0)
    return <p className={board.note}>No predicted game with a result and odds to draw from.</p>;
  // On a phone the rows are what a person scrolls for.
  if (phone && !wanted) {
    return (
      <Button variant="default" onClick={() => setWanted(true)}>
        Show the plot
      </Button>
    );
  }
  return <CalibrationPlot key={window} calibration={scored.calibration} />;
}
