"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { RunStateBadge } from "@/components/runs/run-state-badge";
import { RelativeTime } from "@/components/shell/relative-time";
import type { GameDate } from "@/lib/game-date";
import { runsQuery } from "@/lib/queries/run-queries";
import classes from "./date-runs.module.css";

const SHOWN = 5;

/** The latest runs of a date, each with what it brought and its log behind the link. */
export function DateRuns({ date }: { date: GameDate }) {
  const query = useQuery(runsQuery({ date, limit: SHOWN }));
  if (query.isError)
    return <p className={classes.none}>The runs of this date could not be read: {query.error.message}</p>;
  if (query.isPending) return <p className={classes.none}>Reading the runs…</p>;
  const { runs, nextBefore } = query.data;
  if (runs.length === 0) return <p className={classes.none}>No run of Backcourt was about this date yet.</p>;
  return (
    <section className={classes.runs} aria-labelledby={`runs-${date}`}>
      <h3 id={`runs-${date}`} className={classes.title}>
        Runs of this date
      </h3>
      <ul>
        {runs.map((run) => (
          <li key={run.id}>
            <Link href={`/runs/${run.id}`} className={classes.run}>
              <RunStateBadge state={run.state} />
              <span className={classes.outcome}>{run.outcome ?? run.waiting?.text ?? run.title}</span>
              <span className={classes.when}>
                {run.requestedBy} · <RelativeTime at={run.finishedAt ?? run.startedAt ?? run.queuedAt} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {nextBefore && (
        <Link href={`/runs?date=${date}`} className={classes.all}>
          All runs of this date
        </Link>
      )}
    </section>
  );
}
