"use client";

import { Button } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ErrorNotice } from "@/components/shell/error-notice";
import { PageHeader } from "@/components/shell/page-header";
import { useStandingError } from "@/components/shell/use-standing-error";
import { seasonCoverageQuery } from "@/lib/queries/coverage-queries";
import classes from "./freshness-page.module.css";
import { FreshnessSkeleton } from "./freshness-skeleton";
import { useFreshnessUrl } from "./freshness-url";
import { SeasonView } from "./season-view";

/** Home: the season as a calendar, what needs attention, and one date in full. */
export function FreshnessPage() {
  const url = useFreshnessUrl();
  const query = useQuery({ ...seasonCoverageQuery(url.season), placeholderData: keepPreviousData });

  const standingError = useStandingError(query);

  if (query.data?.season) {
    return (
      <SeasonView
        coverage={query.data}
        season={query.data.season}
        url={url}
        switching={query.isPlaceholderData}
        failed={query.isError ? query.error : null}
      />
    );
  }
  if (query.data) return <NoSchedule />;
  if (standingError) {
    return (
      <>
        <PageHeader title="Freshness" />
        <ErrorNotice
          title="The season's coverage could not be read"
          error={standingError}
          onRetry={() => query.refetch()}
          retrying={query.isFetching}
        />
        {url.season && (
          <Button variant="default" className={classes.back} onClick={url.forget}>
            Show the current season
          </Button>
        )}
      </>
    );
  }
  return <FreshnessSkeleton />;
}

/** A warehouse without a schedule: what will appear, and how to make it appear. */
function NoSchedule() {
  return (
    <>
      <PageHeader title="Freshness" />
      <section className={classes.empty}>
        <h2>No schedule yet</h2>
        <p>
          A season's calendar appears here once <code>bronze.bbref_league_schedule</code> holds games: a cell
          for each date, with what has arrived of its box scores and plays.
        </p>
        <p>
          The ingestion program fills that table on its daily run, when the flag <code>schedule</code> is on
          in <code>gold.feature_flags</code>. This page looks again every 30 seconds.
        </p>
      </section>
    </>
  );
}
