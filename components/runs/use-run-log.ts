"use client";

import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { useRunLogStream } from "@/components/shell/live-provider";
import type { RunDetail } from "@/lib/contracts/runs";
import { fetchLogPage } from "@/lib/queries/run-queries";
import type { LogWatch } from "./live-connection";
import { RunLog } from "./run-log";
import { isActive } from "./run-state";

/** The log of a run as it stands and grows. Give the caller a `key` of the run's id: one log for its lifetime. */
export function useRunLog(run: RunDetail) {
  const [log] = useState(() => makeRunLog(run.id));
  // A run that could still write when its page was opened is read to the end of the stream.
  const [growing] = useState(() => isActive(run.state));
  const written = run.log.lines;

  useEffect(() => {
    void log.load(growing);
    return () => log.close();
  }, [log, growing]);

  const { status, total, problem } = useSyncExternalStore(log.subscribe, log.getSnapshot, log.getSnapshot);
  const version = useSyncExternalStore(log.store.subscribe, log.store.getVersion, log.store.getVersion);

  const following = growing && status === "following";
  const watch = useMemo<LogWatch | null>(
    () =>
      following
        ? { runId: run.id, after: () => log.store.lastSeq, onLines: log.receive, onEnd: log.end }
        : null,
    [following, log, run.id],
  );
  useRunLogStream(watch);

  // The run's own count is the check on what arrived, whichever way it came.
  const settled = status === "complete";
  useEffect(() => {
    if (settled) void log.catchUp(written);
  }, [log, settled, written]);

  return { store: log.store, version, status, total, problem };
}

function makeRunLog(runId: string): RunLog {
  return new RunLog({
    fetchPage: (after, limit, signal) => fetchLogPage(runId, after, limit, signal),
    schedule: scheduleFrame,
    sleep: (milliseconds, signal) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        signal.addEventListener("abort", () => {
          clearTimeout(timer);
          resolve();
        });
      }),
  });
}

/** With the next frame; a hidden tab draws none, and there a line may as well wait a little. */
function scheduleFrame(flush: () => void) {
  if (document.hidden) setTimeout(flush, 250);
  else requestAnimationFrame(flush);
}
