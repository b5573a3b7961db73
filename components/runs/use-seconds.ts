"use client";

import { useCallback, useSyncExternalStore } from "react";
import { useNow } from "@/components/shell/now-provider";

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let reading = 0;

function tick() {
  reading = Date.now();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (listeners.size === 1) {
    reading = Date.now();
    timer = setInterval(tick, 1_000);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) clearInterval(timer);
  };
}

const stay = () => () => {};

/** The present in milliseconds, each second while `ticking`: for what a person watches pass, a run's duration. */
export function useSeconds(ticking: boolean): number {
  const slow = useNow().getTime();
  const read = useCallback(() => (ticking ? Math.max(reading, slow) : slow), [ticking, slow]);
  return useSyncExternalStore(ticking ? subscribe : stay, read, () => slow);
}
