"use client";

import { useLiveLostAt } from "@/components/shell/live-provider";
import { withStop } from "@/components/shell/with-stop";
import type { RunDetail } from "@/lib/contracts/runs";
import { easternSeconds } from "./format-moment";
import type { LiveState } from "./live-connection";
import classes from "./log-viewer.module.css";
import { countText } from "./log-words";
import { isActive } from "./run-state";

/** What stands where the lines will be, while there are none. */
export function EmptyLog({ run, loading }: { run: RunDetail; loading: boolean }) {
  if (loading) return <p className={classes.empty}>Reading the log…</p>;
  return <p className={classes.empty}>{emptyText(run)}</p>;
}

function emptyText(run: RunDetail): string {
  if (run.log.prunedText !== null) return run.log.prunedText;
  if (isActive(run.state)) return "No output yet. The log appears as the program writes it.";
  if (run.startedAt === null) return "The program was never started, so there is no log.";
  return "The program ended without writing a line.";
}

/** Says in words that the log does not grow at the moment, why, and since when. */
export function LogTrouble({ live, problem }: { live: LiveState; problem: string | null }) {
  const lostAt = useLiveLostAt();
  if (problem !== null)
    return (
      <p className={classes.trouble} role="status">
        The log cannot be read: {withStop(problem)} It goes on where it stopped.
      </p>
    );
  if (live === "live") return null;
  return (
    <p className={classes.trouble} role="status" data-patient>
      {live === "reconnecting"
        ? `The connection was lost; trying again. What was written${lostAt === null ? "" : ` since ${easternSeconds(lostAt)}`} follows without a gap.`
        : "Connecting to the live log…"}
    </p>
  );
}

/** Below the last line that was kept. */
export function TruncatedNotice() {
  return (
    <p className={classes.truncated}>
      The log was cut here: the program wrote more than is kept for one run. It went on working, and nothing
      above is missing.
    </p>
  );
}

/** A link to a line that this log does not have. */
export function LinkBeyondEnd({ seq, lines }: { seq: number; lines: number }) {
  return (
    <p className={classes.lost} role="status">
      The link points to line {seq.toLocaleString("en-US")}, but this log has {countText(lines)}.
    </p>
  );
}
