"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { activeRunsQuery } from "@/components/freshness/active-runs";
import { GlyphDrawing } from "@/components/freshness/state-glyph";
import { RunStateBadge } from "@/components/runs/run-state-badge";
import type { DatePredictions, PredictionsSummary } from "@/lib/contracts/predictions";
import type { ListRunsResponse, RunSummary } from "@/lib/contracts/runs";
import { runQuery } from "@/lib/queries/run-queries";
import { isFinal } from "@/lib/runs/run-states";
import board from "./board.module.css";
import { CloseTime } from "./close-time";
import { PREDICTION_STATE } from "./prediction-state";
import { predictionsHref } from "./predictions-href";
import classes from "./tonight-panel.module.css";
import { tonightWords } from "./tonight-words";

const MOST_NAMED = 3;

/** Tonight's games by the state of their prediction, until when it can be changed, and the run that does. */
export function TonightPanel({
  summary,
  orderedRun,
}: {
  summary: PredictionsSummary;
  orderedRun: string | null;
}) {
  const { tonight } = summary;
  const words = tonightWords(summary);
  return (
    <section className={board.panel} aria-labelledby="tonight-title">
      <div className={board.head}>
        <h2 id="tonight-title" className={board.name}>
          Tonight predicted
        </h2>
        <p className={board.lead}>
          <span className={board.figure} data-tone={words.tone}>
            {tonight && tonight.expected > 0 ? (
              <Link href={predictionsHref({ date: tonight.date })} className={classes.rows}>
                {words.headline}
              </Link>
            ) : (
              words.headline
            )}
          </span>
          {tonight && tonight.expected > 0 && <span className={board.aside}>games</span>}
        </p>
      </div>
      {words.lines.map(({ text, at, tone }) => (
        <p key={text} className={board.note} data-tone={tone}>
          {text} {at && <CloseTime at={at} />}
        </p>
      ))}
      {tonight && <Lacking date={tonight} />}
      <MlRun orderedRun={orderedRun} />
    </section>
  );
}

function Lacking({ date: { date, lacking } }: { date: DatePredictions }) {
  if (lacking.length === 0) return null;
  const more = lacking.length - MOST_NAMED;
  return (
    <ul className={classes.lacking} aria-label="Games without a prediction">
      {lacking.slice(0, more === 1 ? MOST_NAMED + 1 : MOST_NAMED).map(({ key, game, state }) => {
        const { label, glyph, tone, description } = PREDICTION_STATE[state];
        return (
          <li key={key} className={classes.game}>
            {game}
            <span className={classes.state} data-tone={tone} title={description}>
              <GlyphDrawing glyph={glyph} size={11} />
              {label}
            </span>
          </li>
        );
      })}
      {more > 1 && (
        <li className={classes.game}>
          <Link href={predictionsHref({ date, finding: "unpredicted" })}>and {more} more</Link>
        </li>
      )}
    </ul>
  );
}

const firstMlRun = ({ runs }: ListRunsResponse) =>
  runs.find((run) => run.kind === "ml" && !isFinal(run.state));

/** The ML run that is on its way, whoever ordered it; else how the one ordered here has ended. */
function MlRun({ orderedRun }: { orderedRun: string | null }) {
  const active = useQuery({ ...activeRunsQuery(), select: firstMlRun });
  const ordered = useQuery({ ...runQuery(orderedRun ?? ""), enabled: orderedRun !== null });
  const run: RunSummary | undefined = active.data ?? ordered.data;
  return (
    <div role="status" className={classes.run} data-empty={run === undefined || undefined}>
      {run && (
        <>
          <RunStateBadge
            state={run.state}
            cancelling={run.cancelRequestedAt !== null && !isFinal(run.state)}
          />
          <span className={classes.outcome}>{run.outcome ?? run.waiting?.text ?? "ML run"}</span>
          <Link href={`/runs/${run.id}`}>See the run</Link>
        </>
      )}
    </div>
  );
}
