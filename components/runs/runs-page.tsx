"use client";

import { Button } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useQueryStates } from "nuqs";
import { PageHeader } from "@/components/shell/page-header";
import type { ListRunsInput } from "@/lib/contracts/runs";
import { runsQuery } from "@/lib/queries/run-queries";
import { LoadError } from "./load-error";
import { RUNS_FILTER_PARSERS } from "./runs-filter";
import { RunsFilters } from "./runs-filters";
import { RunsList } from "./runs-list";
import classes from "./runs-page.module.css";
import { RunsSkeleton } from "./runs-skeleton";

/** Every run that was ever accepted, newest first, with filters in the address. */
export function RunsPage() {
  const [{ state, kind, date, before }, setFilter] = useQueryStates(RUNS_FILTER_PARSERS);
  const filter: ListRunsInput = {
    state: state ?? undefined,
    kind: kind ?? undefined,
    date: date ?? undefined,
    before: before ?? undefined,
  };
  const { data, error, refetch, isFetching, isPlaceholderData } = useQuery({
    ...runsQuery(filter),
    placeholderData: keepPreviousData,
  });
  const older = data?.nextBefore ?? null;
  const filtered = state !== null || kind !== null || date !== null;
  return (
    <>
      <PageHeader title="Runs" sub="what was ordered, by whom, and what it changed" />
      <RunsFilters
        state={state}
        kind={kind}
        date={date}
        onState={(next) => setFilter({ state: next, before: null })}
        onKind={(next) => setFilter({ kind: next, before: null })}
        onDate={(next) => setFilter({ date: next, before: null })}
        onClear={() => setFilter({ state: null, kind: null, date: null, before: null })}
      />
      {data && error && (
        <p className={classes.stale} role="status">
          {error.message} The list is from before.
        </p>
      )}
      {!data && error && (
        <LoadError what="The runs" error={error} onRetry={refetch} retrying={isFetching} inline />
      )}
      {!data && !error && <RunsSkeleton />}
      {data && data.runs.length > 0 && <RunsList runs={data.runs} refreshing={isPlaceholderData} />}
      {data?.runs.length === 0 && <NoRuns filtered={filtered} older={before !== null} />}
      {(before !== null || older !== null) && (
        <nav className={classes.pager} aria-label="Pages of the list">
          <Button
            variant="default"
            disabled={before === null}
            onClick={() => setFilter({ before: null }, { history: "push", scroll: true })}
          >
            Newest
          </Button>
          <Button
            variant="default"
            disabled={older === null || isPlaceholderData}
            onClick={() => setFilter({ before: older }, { history: "push", scroll: true })}
          >
            Older
          </Button>
        </nav>
      )}
    </>
  );
}

function NoRuns({ filtered, older }: { filtered: boolean; older: boolean }) {
  if (older) return <p className={classes.empty}>There are no older runs.</p>;
  if (filtered) return <p className={classes.empty}>No run matches these filters.</p>;
  return (
    <p className={classes.empty}>
      No run yet. Each one appears here as soon as it is ordered: open a date that is missing or partial in{" "}
      <Link href="/">Freshness</Link> and choose Backfill.
    </p>
  );
}
