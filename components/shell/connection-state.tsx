"use client";

import classes from "./connection-state.module.css";
import { useLiveState } from "./live-provider";

const WORDS = {
  connecting: { label: "connecting", meaning: "Opening the live stream" },
  live: { label: "live", meaning: "Changes arrive as they happen" },
  reconnecting: {
    label: "reconnecting",
    meaning: "The live stream is interrupted; numbers are still read again every 30 s",
  },
} as const satisfies Record<ReturnType<typeof useLiveState>, { label: string; meaning: string }>;

/** Whether this page hears of changes at once; `short` is the dot alone, for the bar of small screens. */
export function ConnectionState({ short = false }: { short?: boolean }) {
  const state = useLiveState();
  const { label, meaning } = WORDS[state];
  return (
    <span className={classes.state} data-state={state} title={meaning} role="status">
      <span className={classes.dot} aria-hidden />
      <span className={short ? classes.hidden : undefined}>{label}</span>
    </span>
  );
}
