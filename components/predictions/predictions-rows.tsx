"use client";

import { Button } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ErrorNotice } from "@/components/shell/error-notice";
import { PHONE, useMedia } from "@/components/shell/use-media";
import { useStandingError } from "@/components/shell/use-standing-error";
import type { PredictionsPage } from "@/lib/contracts/predictions";
import { useColumnChoice } from "./column-choice";
import { PredictionsCards } from "./predictions-cards";
import { PredictionsPager } from "./predictions-pager";
import classes from "./predictions-rows.module.css";
import { RowsSkeleton } from "./predictions-skeleton";
import { PredictionsTable } from "./predictions-table";
import { PredictionsToolbar } from "./predictions-toolbar";
import { filterText, type usePredictionsUrl } from "./predictions-url";

type RowsPanelProps = {
  url: ReturnType<typeof usePredictionsUrl>;
  query: UseQueryResult<PredictionsPage>;
};

/** The predictions themselves with what narrows them down: a table, or cards on a phone. */
export function RowsPanel({ url, query }: RowsPanelProps) {
  const phone = useMedia(PHONE);
  const choice = useColumnChoice();
  const standingError = useStandingError(query);
  const answer = query.data;
  return (
    <section id="rows" className={classes.panel} aria-label="Latest predictions">
      <PredictionsToolbar url={url} choice={choice} phone={phone} />
      {standingError && (
        <div className={classes.error}>
          <ErrorNotice
            title="The predictions could not be read"
            error={standingError}
            onRetry={() => query.refetch()}
            retrying={query.isFetching}
          />
        </div>
      )}
      {!answer && !standingError && <RowsSkeleton />}
      {answer && (
        <div
          className={classes.rows}
          data-turning={query.isPlaceholderData || undefined}
          aria-busy={query.isPlaceholderData}
        >
          {answer.rows.length === 0 ? (
            <NoRows answer={answer} url={url} />
          ) : phone ? (
            <PredictionsCards rows={answer.rows} today={answer.today} />
          ) : (
            <PredictionsTable
              columns={choice.columns}
              rows={answer.rows}
              today={answer.today}
              sort={url.sort}
              order={url.order}
              onSort={url.setSort}
            />
          )}
        </div>
      )}
      {answer && <PredictionsPager answer={answer} turning={query.isPlaceholderData} onPage={url.setPage} />}
    </section>
  );
}

function NoRows({ answer, url }: { answer: PredictionsPage; url: RowsPanelProps["url"] }) {
  if (!answer.available) {
    return (
      <Empty title="No predictions to show">
        <p>
          They appear here once <code>gold.ml_game_predictions</code> can be read, the table that the ML
          program writes. The note above says what is in the way now.
        </p>
      </Empty>
    );
  }
  if (answer.total > 0) {
    return (
      <Empty title={`There is no page ${answer.page}`}>
        <Button variant="default" onClick={() => url.setPage(answer.pages)}>
          Go to the last one, {answer.pages}
        </Button>
      </Empty>
    );
  }
  if (url.filtered) {
    return (
      <Empty title={url.filter.finding ? "Nothing found" : "No prediction matches"}>
        <p>{filterText(url)}</p>
        <Button variant="default" onClick={url.clear}>
          Show all rows
        </Button>
      </Empty>
    );
  }
  return (
    <Empty title="No predictions yet">
      <p>
        A row for each game appears here when the ML program has run: every day at 12:00 UTC, after dbt has
        built <code>silver.ml_game_features</code>. “Run the ML program again…” above does the same now, and
        says what stands in its way.
      </p>
    </Empty>
  );
}

function Empty({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className={classes.empty}>
      <h2>{title}</h2>
      {children}
    </div>
  );
}
