import type { PredictionsSummary, ScoredWindow } from "@/lib/contracts/predictions";
import { Explained } from "./explained";
import { brierText, NONE, percentText } from "./prediction-words";
import { SCORE_WINDOWS, type ScoreWindow } from "./predictions-url";
import classes from "./score-table.module.css";
import {
  brierSentence,
  type Forecaster,
  gamesSentence,
  hitRateSentence,
  leaderOf,
  scoresOf,
  WINDOW_NAME,
} from "./score-words";

export type Scores = NonNullable<PredictionsSummary["scores"]>;

/** The window of the scores that a choice stands for; null for a season that nobody knows. */
export function windowOf(scores: Scores, window: ScoreWindow): ScoredWindow | null {
  return { "7": scores.last7, "30": scores.last30, season: scores.season }[window];
}

const FORECASTERS = ["model", "market"] as const satisfies Forecaster[];

/** Hit rate and Brier score of model and market over the same games; the better one of each pair in bold. */
export function ScoreTable({ scores }: { scores: Scores }) {
  return (
    <table className={classes.table}>
      <caption className={classes.hidden}>Scores of model and market</caption>
      <thead>
        <tr>
          <td rowSpan={2} />
          <th scope="colgroup" colSpan={2}>
            Hit rate
          </th>
          <th scope="colgroup" colSpan={2}>
            Brier score
          </th>
          <th scope="col" rowSpan={2} className={classes.games}>
            Games
          </th>
        </tr>
        <tr>
          {["Hit rate", "Brier score"].map((score) =>
            FORECASTERS.map((forecaster) => (
              <th key={score + forecaster} scope="col" className={classes.whose}>
                {forecaster}
              </th>
            )),
          )}
        </tr>
      </thead>
      <tbody>
        {SCORE_WINDOWS.map((name) => (
          <ScoreRow key={name} name={WINDOW_NAME[name]} window={windowOf(scores, name)} />
        ))}
      </tbody>
    </table>
  );
}

function ScoreRow({ name, window }: { name: string; window: ScoredWindow | null }) {
  if (window === null) {
    return (
      <tr>
        <th scope="row">{name}</th>
        <td colSpan={5} className={classes.none}>
          the schedule names none
        </td>
      </tr>
    );
  }
  const scores = scoresOf(window);
  const better = { hitRate: leaderOf(scores, "hitRate"), brier: leaderOf(scores, "brier") };
  return (
    <tr>
      <th scope="row">{name}</th>
      {FORECASTERS.map((forecaster) => (
        <td key={forecaster} data-better={better.hitRate === forecaster || undefined}>
          <Explained by={hitRateSentence(forecaster, scores[forecaster], window)}>
            {percentText(scores[forecaster].hitRate)}
          </Explained>
        </td>
      ))}
      {FORECASTERS.map((forecaster) => (
        <td key={forecaster} data-better={better.brier === forecaster || undefined}>
          <Explained by={brierSentence(forecaster, scores[forecaster], window)}>
            {brierText(scores[forecaster].brier)}
          </Explained>
        </td>
      ))}
      <td className={classes.games}>
        <Explained by={gamesSentence(window)}>
          {window.settled === 0 ? NONE : scores.model.games.toLocaleString("en-US")}
        </Explained>
      </td>
    </tr>
  );
}
