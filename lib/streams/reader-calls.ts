import type { WakeEvent } from "@/lib/events/channel";
import type { EventHub } from "@/lib/events/event-hub";

/** `look`: nothing is known to have happened, but it is time to look. */
export type ReaderCall = WakeEvent | { type: "look" };
type Listener = (call: ReaderCall) => void;

/** How the open streams of a process hear of news. */
export type ReaderCalls = {
  /** Calls `listener` on each event, and on news of the log of `runId` only, until the returned function is called. */
  listen(runId: string | null, listener: Listener): () => void;
  /** Streams that listen at the moment. */
  count(): number;
};

export type ReaderCallsOptions = {
  hub: EventHub;
  /** News of one log are this far apart, in milliseconds, for so many readers of it. */
  gapMs(readers: number): number;
  /** After so long without news a log is looked at all the same; the second while Redis is away. */
  lookMs: number;
  blindLookMs: number;
  /** Milliseconds of a clock that only goes forward. */
  clock(): number;
};

type WatchedLog = {
  listeners: Set<Listener>;
  calledAt: number;
  /** Set while news wait for their turn. */
  turn: NodeJS.Timeout | undefined;
  looks: NodeJS.Timeout;
};

/**
 * Calls all readers of a log together, at once after a silence, and the further apart the more they are: so
 * they stay at the same place and share one query for each call. It also calls them by itself now and then: a
 * wake-up call that was lost delays a line, and loses none.
 */
export function createReaderCalls(options: ReaderCallsOptions): ReaderCalls {
  const { hub, gapMs, lookMs, blindLookMs, clock } = options;
  const everyone = new Set<Listener>();
  const logs = new Map<string, WatchedLog>();
  let unlisten: (() => void) | null = null;

  const callReaders = (log: WatchedLog, call: ReaderCall) => {
    clearTimeout(log.turn);
    log.turn = undefined;
    log.calledAt = clock();
    for (const listener of [...log.listeners]) listener(call);
  };
  const note = (event: WakeEvent) => {
    if (event.type !== "log") {
      for (const listener of [...everyone]) listener(event);
      return;
    }
    const log = logs.get(event.runId);
    if (!log || log.turn !== undefined) return;
    const rest = log.calledAt + gapMs(log.listeners.size) - clock();
    if (rest <= 0) callReaders(log, event);
    else log.turn = setTimeout(() => callReaders(log, event), rest);
  };
  const watch = (runId: string, listener: Listener) => {
    const known = logs.get(runId);
    if (known) return void known.listeners.add(listener);
    const looks = setInterval(() => {
      if (!hub.connected() || clock() - log.calledAt >= lookMs) callReaders(log, { type: "look" });
    }, blindLookMs);
    const log: WatchedLog = {
      listeners: new Set([listener]),
      calledAt: Number.NEGATIVE_INFINITY,
      turn: undefined,
      looks,
    };
    logs.set(runId, log);
  };
  const unwatch = (runId: string, listener: Listener) => {
    const log = logs.get(runId);
    log?.listeners.delete(listener);
    if (log?.listeners.size !== 0) return;
    clearTimeout(log.turn);
    clearInterval(log.looks);
    logs.delete(runId);
  };

  return {
    listen(runId, listener) {
      unlisten ??= hub.listen(note);
      everyone.add(listener);
      if (runId !== null) watch(runId, listener);
      return () => {
        everyone.delete(listener);
        if (runId !== null) unwatch(runId, listener);
        if (everyone.size > 0) return;
        unlisten?.();
        unlisten = null;
      };
    },
    count: () => everyone.size,
  };
}
