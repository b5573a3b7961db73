import { IconAlertTriangle } from "@tabler/icons-react";
import { RelativeTime } from "@/components/shell/relative-time";
import type { StaleCoverage } from "@/lib/contracts/coverage";
import classes from "./measured-line.module.css";

const REASON: Record<StaleCoverage["reason"], string> = {
  down: "the warehouse cannot be reached",
  slow: "the warehouse is slow to answer",
  "being-written": "being written by a backfill",
  refused: "the warehouse refused the query",
  failed: "the query failed",
};

/** When the numbers were read; where they are the last known ones, that, and why. Always one line: nothing jumps. */
export function MeasuredLine({
  measuredAt,
  stale,
  failed = null,
  what = "coverage",
}: {
  measuredAt: string;
  stale: StaleCoverage | null;
  /** Why the server could not be asked again. */
  failed?: Error | null;
  /** Whose numbers they are. */
  what?: string;
}) {
  if (!stale && !failed) {
    return (
      <p className={classes.line}>
        measured <RelativeTime at={measuredAt} />
      </p>
    );
  }
  return (
    <p className={classes.line} data-stale role="status" title={stale?.message ?? failed?.message}>
      <IconAlertTriangle size={13} stroke={2} aria-hidden className={classes.icon} />
      <span>
        Last known {what}, measured <RelativeTime at={measuredAt} />:{" "}
        {stale ? REASON[stale.reason] : failed?.message}
      </span>
    </p>
  );
}
