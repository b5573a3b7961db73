"use client";

import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { useRunLogStream } from "@/components/shell/live-provider";
import type { RunDetail } from "@/lib/contracts/runs";
import { handOverLog, openRunLog, watchOf } from "./open-run-log";
import { isActive } from "./run-state";

/** The log of a run as it stands and grows. Give the caller a `key` of the run's id: one log for its lifetime. */
export function useRunLog(run: RunDetail, first: number | undefined) {
  const [log] = useState(() => openRunLog(run.id, run.log.lines, first));
  // A run that could still write when its page was opened is read to the end of the stream.
  const [{ growing, stored }] = useState(() => ({ growing: isActive(run.state), stored: run.log.lines }));
  const written = run.log.lines;

  useEffect(() => {
    void log.load(growing, stored);
    return () => log.close();
  }, [log, growing, stored]);

  useSyncExternalStore(log.subscribe, log.getVersion, log.getVersion);
  const { status, problem } = log.state;

  const following = growing && status === "following";
  const watch = useMemo(() => (following ? watchOf(run.id, log) : null), [following, log, run.id]);
  useRunLogStream(watch);
  // After the page's own watch, so that the stream goes on as it is.
  useEffect(() => handOverLog(run.id), [run.id]);

  // The run's own count is the check on what arrived, whichever way it came.
  const settled = status === "complete";
  useEffect(() => {
    if (settled) log.noteWritten(written);
  }, [log, settled, written]);

  return { log, status, problem };
}
