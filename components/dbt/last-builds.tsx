"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { RunDuration, WaitingText } from "@/components/runs/run-header";
import { isActive } from "@/components/runs/run-state";
import { RunStateBadge } from "@/components/runs/run-state-badge";
import { RelativeTime } from "@/components/shell/relative-time";
import type { RunSummary } from "@/lib/contracts/runs";
import { runsQuery } from "@/lib/queries/run-queries";
import classes from "./last-builds.module.css";

const SHOWN = 6;

/** The latest builds, whoever ordered them, each with its outcome, its table of models behind the link. */
export function LastBuilds() {
  const { data, error } = useQuery(runsQuery({ kind: "dbt", limit: SHOWN }));
  return (
    <section className={classes.panel} aria-labelledby="builds-title">
      <div className={classes.head}>
        <h2 id="builds-title">Last builds</h2>
        {data?.nextBefore && (
          <Link href="/runs?kind=dbt" className={classes.all}>
            All builds
          </Link>
        )}
      </div>
      {!data && (
        <p className={classes.none} role={error ? "alert" : undefined}>
          {error ? `The builds could not be read: ${error.message}` : "Reading the builds…"}
        </p>
      )}
      {data?.runs.length === 0 && (
        <p className={classes.none}>
          No build yet. Each one appears here as soon as it is ordered, with its models and tests behind the
          link.
        </p>
      )}
      <ul>
        {data?.runs.map((run) => (
          <Build key={run.id} run={run} />
        ))}
      </ul>
    </section>
  );
}

function Build({ run }: { run: RunSummary }) {
  return (
    <li className={classes.build}>
      <span className={classes.state}>
        <RunStateBadge state={run.state} cancelling={run.cancelRequestedAt !== null && isActive(run.state)} />
      </span>
      <Link href={`/runs/${run.id}`} className={classes.title}>
        {run.title}
      </Link>
      <span className={classes.outcome}>
        {run.outcome ??
          (run.waiting ? <WaitingText waiting={{ ...run.waiting, runId: null }} /> : run.reason)}
      </span>
      <span className={classes.who}>
        {run.requestedBy} · <RelativeTime at={run.queuedAt} />
      </span>
      <span className={classes.took}>
        {run.startedAt !== null && <RunDuration startedAt={run.startedAt} finishedAt={run.finishedAt} />}
      </span>
    </li>
  );
}
