"use client";

import { createContext, type ReactNode, useContext, useMemo, useState, useSyncExternalStore } from "react";

/** Shorter than what `relativeText` calls "just now", so that nothing fresh seems to lie ahead. */
const TICK_MS = 5_000;

type Clock = { subscribe: (listener: () => void) => () => void; now: () => number; rendered: () => number };

const ClockContext = createContext<Clock | null>(null);

/** One ticking clock for all: its reading changes for every reader at once, and only while someone reads. */
function makeClock(renderedAt: number): Clock {
  let reading = renderedAt;
  let timer: ReturnType<typeof setInterval> | undefined;
  const listeners = new Set<() => void>();
  const tick = () => {
    reading = Date.now();
    for (const listener of listeners) listener();
  };
  return {
    now: () => reading,
    rendered: () => renderedAt,
    subscribe(listener) {
      listeners.add(listener);
      if (listeners.size === 1) {
        reading = Date.now();
        timer = setInterval(tick, TICK_MS);
        document.addEventListener("visibilitychange", tick);
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearInterval(timer);
        document.removeEventListener("visibilitychange", tick);
      };
    },
  };
}

/** Gives `useNow` its clock; `renderedAt` is the server's moment, so that hydration shows what was sent. */
export function NowProvider({ renderedAt, children }: { renderedAt: string; children: ReactNode }) {
  // The first value stays: a later render of the layout must not set the clock back.
  const [clock] = useState(() => makeClock(Date.parse(renderedAt)));
  return <ClockContext value={clock}>{children}</ClockContext>;
}

/** The present moment, read again every 5 s. @throws outside of NowProvider. */
export function useNow(): Date {
  const clock = useContext(ClockContext);
  if (!clock) throw new Error("useNow needs a NowProvider above it.");
  const reading = useSyncExternalStore(clock.subscribe, clock.now, clock.rendered);
  return useMemo(() => new Date(reading), [reading]);
}
