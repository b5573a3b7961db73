"use client";

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { RelativeTime } from "@/components/shell/relative-time";
import type { SeasonCoverage } from "@/lib/contracts/coverage";
import type { DbtStatus } from "@/lib/contracts/dbt";
import { shortLabel } from "@/lib/game-date";
import { seasonCoverageQuery } from "@/lib/queries/coverage-queries";
import { counted } from "./build-words";
import classes from "./dbt-notices.module.css";
import { staleDates } from "./stale-dates";

const NAMED = 4;

type DbtNoticesProps = {
  status: DbtStatus;
  onChoose: (build: { select: readonly string[]; fullRefresh: boolean }) => void;
};

/** What somebody should know before a build: an old project, another build, dates that wait for one. */
export function DbtNotices({ status, onChoose }: DbtNoticesProps) {
  const { data: behind } = useQuery({ ...seasonCoverageQuery(null), select: selectStale });
  const { problem, stale, observedAt, foreignBuild, foreignBuildUnknown } = status;
  return (
    <div className={classes.notices}>
      {problem !== null && (
        <p className={classes.notice} data-tone="partial" role="alert">
          {problem}
          {observedAt !== null && (
            <>
              {" "}
              What you see is the project of <RelativeTime at={observedAt} />.
            </>
          )}
        </p>
      )}
      {problem === null && stale && observedAt !== null && (
        <p className={classes.notice} data-tone="partial" role="status">
          No worker has looked at the project since <RelativeTime at={observedAt} />: what you see may be old.{" "}
          <Link href="/health">Is a worker running?</Link>
        </p>
      )}
      {foreignBuild && (
        <p className={classes.notice} data-tone="partial" role="status">
          Another dbt build is on: {counted(foreignBuild.sessions, "session")} of{" "}
          {foreignBuild.users.join(", ")}
          {foreignBuild.since !== null && (
            <>
              {" "}
              since <RelativeTime at={foreignBuild.since} />
            </>
          )}
          . A build ordered now waits until it has ended.
        </p>
      )}
      {foreignBuildUnknown !== null && (
        <p className={classes.notice} data-tone="pending" role="status">
          Whether another dbt build is on is not known: {foreignBuildUnknown}
        </p>
      )}
      {behind && (
        <p className={classes.notice} data-tone="stale" role="status">
          <span>
            <b>
              {behind.dates.length === 1 ? "1 date is" : `${behind.dates.length} dates are`} behind in silver:
            </b>{" "}
            {behind.dates.slice(0, NAMED).map((date, index) => (
              <span key={date}>
                {index > 0 && ", "}
                <Link href={`/?date=${date}`}>{shortLabel(date)}</Link>
              </span>
            ))}
            {behind.dates.length > NAMED && ` and ${behind.dates.length - NAMED} more`}.
          </span>
          <Button size="xs" variant="default" onClick={() => onChoose(behind.refresh)}>
            Choose what mends {behind.dates.length === 1 ? "it" : "them"}
          </Button>
        </p>
      )}
    </div>
  );
}

const selectStale = ({ dates }: SeasonCoverage) => staleDates(dates);
