import { fetchLogPage, searchLog } from "@/lib/queries/run-queries";
import type { LiveConnection, LogWatch } from "./live-connection";
import { RunLog } from "./run-log";

/** How long a log is read for a page that does not come. */
const PATIENCE_MS = 10_000;

type EarlyLog = { log: RunLog; stop: () => void };

/** Logs that are being read before there is a page to show them. */
const earlyLogs = new Map<string, EarlyLog>();

/** Reads the log of a run that was ordered this moment, from its first line on, until its page takes it over. */
export function readLogEarly(connection: LiveConnection, runId: string): void {
  earlyLogs.get(runId)?.stop();
  const log = makeRunLog(runId);
  void log.load(true, 0);
  const unwatch = connection.watch(watchOf(runId, log));
  const timer = setTimeout(() => {
    stop();
    log.close();
  }, PATIENCE_MS);
  const stop = () => {
    clearTimeout(timer);
    unwatch();
    earlyLogs.delete(runId);
  };
  earlyLogs.set(runId, { log, stop });
}

/**
 * The log of a run, of `stored` lines so far, for its page: the one that is being read already, or a new one.
 * `first` is the line that is looked at first; the last one unless said otherwise.
 */
export function openRunLog(runId: string, stored: number, first?: number): RunLog {
  const log = earlyLogs.get(runId)?.log ?? makeRunLog(runId);
  log.expect(stored, first);
  return log;
}

/** Leaves the reading to the page, once the page itself watches. */
export function handOverLog(runId: string): void {
  earlyLogs.get(runId)?.stop();
}

/** What of the stream goes into `log`. */
export function watchOf(runId: string, log: RunLog): LogWatch {
  return { runId, after: () => log.pages.extent, onLines: log.receive, onEnd: log.end };
}

function makeRunLog(runId: string): RunLog {
  return new RunLog({
    fetchPage: (after, limit, signal) => fetchLogPage(runId, after, limit, signal),
    search: (wanted, after, signal) => searchLog(runId, wanted, after, signal),
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
