"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState } from "react";
import { MeasuredLine } from "@/components/freshness/measured-line";
import { Notices } from "@/components/freshness/notices";
import { ActButton } from "@/components/shell/act-button";
import { ErrorNotice } from "@/components/shell/error-notice";
import { PageHeader } from "@/components/shell/page-header";
import { useStandingError } from "@/components/shell/use-standing-error";
import type { PredictionsPage as Answer, PredictionsSummary } from "@/lib/contracts/predictions";
import { PREDICTIONS_PER_PAGE } from "@/lib/contracts/predictions";
import { predictionsQuery, predictionsSummaryQuery } from "@/lib/queries/prediction-queries";
import { ofText } from "./prediction-words";
import { PredictionsBoard } from "./predictions-board";
import classes from "./predictions-page.module.css";
import { RowsPanel } from "./predictions-rows";
import { BoardSkeleton } from "./predictions-skeleton";
import { usePredictionsUrl } from "./predictions-url";

const MlDialog = dynamic(() => import("./ml-dialog").then((module) => module.MlDialog), { ssr: false });

/** Tonight and the ML program, how good the model was, what is amiss, and the latest predictions. */
export function PredictionsPage() {
  const url = usePredictionsUrl();
  const summary = useQuery(predictionsSummaryQuery());
  const page = useQuery({ ...predictionsQuery(url.filter), placeholderData: keepPreviousData });
  const summaryError = useStandingError(summary);
  const [running, setRunning] = useState(false);
  const [orderedRun, setOrderedRun] = useState<string | null>(null);
  const urgent = (summary.data?.mlToday?.fillable ?? 0) > 0;
  const basis = page.data ?? summary.data;
  const failed = page.data && page.isError ? page.error : null;
  // What is said about old numbers takes the place of what is said about their count.
  const old = failed !== null || (basis !== undefined && basis.stale !== null);

  return (
    <>
      <PageHeader
        title="Predictions"
        sub={!old && <span className={classes.sub}>{subText(page.data, summary.data, url.filtered)}</span>}
        actions={
          <>
            {basis ? (
              <MeasuredLine
                measuredAt={basis.measuredAt}
                stale={basis.stale}
                failed={failed}
                what="predictions"
              />
            ) : (
              <span className={classes.measuring}>measuring…</span>
            )}
            <ActButton needs="run" variant={urgent ? "filled" : "default"} onClick={() => setRunning(true)}>
              Run the ML program again…
            </ActButton>
          </>
        }
      />
      {url.problems.length > 0 && (
        <div className={classes.problems} role="alert">
          {url.problems.map((problem) => (
            <span key={problem}>{problem}</span>
          ))}
        </div>
      )}
      {basis && <Notices notices={noticesOf(summary.data, page.data)} />}
      {summary.data?.available && (
        <PredictionsBoard
          summary={summary.data}
          window={url.window}
          onWindow={url.setWindow}
          orderedRun={orderedRun}
        />
      )}
      {!summary.data && !summaryError && <BoardSkeleton />}
      {summaryError && (
        <div className={classes.error}>
          <ErrorNotice
            title="Tonight, scores and checks could not be read"
            error={summaryError}
            onRetry={() => summary.refetch()}
            retrying={summary.isFetching}
          />
        </div>
      )}
      <RowsPanel url={url} query={page} />
      {running && <MlDialog onClose={() => setRunning(false)} onOrdered={(run) => setOrderedRun(run.id)} />}
    </>
  );
}

/** `latest 100 of 1,244 rows, newest game date first` */
function subText(
  page: Answer | undefined,
  summary: PredictionsSummary | undefined,
  filtered: boolean,
): string {
  if (!page) return "reading them…";
  if (!page.available) return "not available";
  const total = page.total.toLocaleString("en-US");
  if (filtered && summary?.total != null) return `${ofText(page.total, summary.total)} rows match`;
  if (filtered) return `${total} rows match`;
  if (page.total <= PREDICTIONS_PER_PAGE) return `${total} rows`;
  return page.page === 1 ? `latest ${page.rows.length} of ${total} rows` : `${total} rows`;
}

/** Both answers name what they lack; each thing once. */
function noticesOf(...answers: (Answer | PredictionsSummary | undefined)[]) {
  const byMessage = new Map(
    answers.flatMap((answer) => (answer?.notices ?? []).map((notice) => [notice.message, notice] as const)),
  );
  return [...byMessage.values()];
}
