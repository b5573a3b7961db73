"use client";

import { useSyncExternalStore } from "react";
import { easternMoment, localMoment, relativeText } from "./format-time";
import { useNow } from "./now-provider";

const never = () => () => {};

/** False while the server's markup is taken over, when the reader's own time zone is not known yet. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}

/** `3 min ago`; on hover the exact moment in Eastern and in local time. */
export function RelativeTime({ at, className }: { at: string; className?: string }) {
  const now = useNow();
  const moment = new Date(at);
  const title = useExactTitle(moment);
  return (
    <time dateTime={at} title={title} className={className}>
      {relativeText(moment, now)}
    </time>
  );
}

/** `Sun Nov 22, 3:41 PM ET`; on hover the same moment in local time. */
export function EasternTime({ at, className }: { at: string; className?: string }) {
  const moment = new Date(at);
  const title = useExactTitle(moment);
  return (
    <time dateTime={at} title={title} className={className}>
      {easternMoment(moment)}
    </time>
  );
}

/** The exact moment in Eastern time, and in local time once the reader's zone is known. */
export function useExactTitle(moment: Date): string {
  const hydrated = useHydrated();
  return hydrated ? `${easternMoment(moment)}\n${localMoment(moment)} (your time)` : easternMoment(moment);
}
