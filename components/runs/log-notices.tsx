"use client";

import type { RunDetail } from "@/lib/contracts/runs";
import type { LiveState } from "./live-connection";
import classes from "./log-viewer.module.css";
import { isActive } from "./run-state";

/** What stands where the lines will be, while there are none. */
export function EmptyLog({ run, loading }: { run: RunDetail; loading: boolean }) {
  if (loading) return <p className={classes.empty}>Reading the log…</p>;
  return <p className={classes.empty}>{emptyText(run)}</p>;
}

function emptyText(run: RunDetail): string {
  if (isActive(run.state)) return "No output yet. The log appears as the program writes it.";
  if (run.startedAt === null) return "The program was never started, so there is no log.";
  return "The program ended without writing a line.";
}

/** Says in words that the log does not grow at the moment, and why. */
export function LogTrouble({ live, problem }: { live: LiveState; problem: string | null }) {
  if (problem !== null)
    return (
      <p className={classes.trouble} role="status">
        The log cannot be read: {problem} It goes on where it stopped.
      </p>
    );
  if (live === "live") return null;
  return (
    <p className={classes.trouble} role="status" data-patient>
      {live === "reconnecting"
        ? "The connection was lost; trying again. New lines follow without a gap."
        : "Connecting to the live log…"}
    </p>
  );
}

/** Below the last line that was kept. */
export function TruncatedNotice() {
  return (
    <p className={classes.truncated}>
      The log was cut here: the program wrote more than is kept for one run. Nothing above is missing.
    </p>
  );
}
