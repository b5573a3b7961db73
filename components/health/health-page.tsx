"use client";

import { useQuery } from "@tanstack/react-query";
import { LoadError } from "@/components/runs/load-error";
import { PageHeader } from "@/components/shell/page-header";
import { RelativeTime } from "@/components/shell/relative-time";
import { HEALTH_PARTS, type Health } from "@/lib/contracts/health";
import { healthQuery } from "@/lib/queries/health-query";
import classes from "./health-page.module.css";
import { HealthPart } from "./health-part";

/** Whether each part that Backcourt stands on is up; read again every ten seconds. */
export function HealthPage() {
  const { data: health, error, refetch, isFetching } = useQuery(healthQuery());
  return (
    <>
      <PageHeader title="Health" sub="what Backcourt stands on, read again every 10 s" />
      {!health && error && (
        <LoadError
          what="The health of the parts"
          error={error}
          onRetry={refetch}
          retrying={isFetching}
          inline
        />
      )}
      {!health && !error && <HealthSkeleton />}
      {health && <LoadedHealth health={health} error={error} />}
    </>
  );
}

function LoadedHealth({ health, error }: { health: Health; error: Error | null }) {
  return (
    <>
      <div
        className={classes.verdict}
        data-tone={error ? "partial" : health.ok ? "whole" : "missing"}
        role="status"
      >
        <p className={classes.sentence}>
          {error ? "The server does not answer, so nothing is known." : verdictOf(health)}
        </p>
        <p className={classes.when}>
          {error ? <>{error.message} What follows is from </> : "Checked "}
          <RelativeTime at={health.checkedAt} />
          {error ? "." : ""}
        </p>
      </div>
      <ul className={classes.parts} data-old={error !== null || undefined}>
        {health.parts.map((part) => (
          <HealthPart key={part.name} part={part} />
        ))}
      </ul>
    </>
  );
}

/** `All 5 parts are up.`, `2 of 5 parts are down: worker, redis.` */
function verdictOf({ parts }: Health): string {
  const down = parts.filter((part) => !part.up).map((part) => part.name);
  if (down.length === 0) return `All ${parts.length} parts are up.`;
  return `${down.length} of ${parts.length} parts ${down.length === 1 ? "is" : "are"} down: ${down.join(", ")}.`;
}

function HealthSkeleton() {
  return (
    <div role="status" aria-label="Asking the parts">
      <div className={classes.verdict}>
        <p className={classes.sentence}>Asking the parts…</p>
        <p className={classes.when}>A part that does not answer is given up after 3 s.</p>
      </div>
      <ul className={classes.parts}>
        {HEALTH_PARTS.map((name) => (
          <li key={name} className={classes.part} />
        ))}
      </ul>
    </div>
  );
}
