"use client";

import { useSyncExternalStore } from "react";
import { onSessionEnded, sessionEnded } from "@/lib/queries/session-ended";
import classes from "./connection-state.module.css";
import { easternTime } from "./format-time";
import { useLiveLostAt, useLiveState } from "./live-provider";

const WORDS = {
  connecting: { label: "connecting", meaning: "Opening the live stream" },
  live: { label: "live", meaning: "Changes arrive as they happen" },
  reconnecting: {
    label: "reconnecting",
    meaning: "The live stream is interrupted; numbers are still read again every 30 s",
  },
  "signed-out": { label: "signed out", meaning: "Your session has ended; nothing here changes any more" },
} as const satisfies Record<
  ReturnType<typeof useLiveState> | "signed-out",
  { label: string; meaning: string }
>;

/** Whether this page hears of changes at once, or since when it does not; `short` for the bar of small screens. */
export function ConnectionState({ short = false }: { short?: boolean }) {
  const live = useLiveState();
  const ended = useSyncExternalStore(onSessionEnded, sessionEnded, () => false);
  const state = ended ? "signed-out" : live;
  const lostAt = useLiveLostAt();
  const { label, meaning } = WORDS[state];
  const since =
    state === "reconnecting" && lostAt !== null && !short ? ` since ${easternTime(new Date(lostAt))}` : "";
  // A dot alone says nothing of a stream that is gone.
  const dotAlone = short && (state === "live" || state === "connecting");
  return (
    <span className={classes.state} data-state={state} title={meaning} role="status">
      <span className={classes.dot} aria-hidden />
      <span className={dotAlone ? classes.hidden : undefined}>
        {label}
        {since}
      </span>
    </span>
  );
}
