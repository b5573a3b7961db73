"use client";

import { useCallback, useSyncExternalStore } from "react";

/** Whether a media query holds; `onServer` until the browser has taken over the markup. */
export function useMedia(query: string, onServer = false): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const media = window.matchMedia(query);
      media.addEventListener("change", listener);
      return () => media.removeEventListener("change", listener);
    },
    [query],
  );
  return useSyncExternalStore(
    subscribe,
    () => window.matchMedia(query).matches,
    () => onServer,
  );
}

/** Two columns, side navigation. */
export const WIDE = "(min-width: 1100px)";
/** One column, one month at a time, sheets from below. */
export const PHONE = "(max-width: 699.98px)";
