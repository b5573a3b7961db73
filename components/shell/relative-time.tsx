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
  const hydrated = useHydrated();
  const moment = new Date(at);
  return (
    <time dateTime={at} title={exactTitle(moment, hydrated)} className={className}>
      {relativeText(moment, now)}
    </time>
  );
}

/** `Sun Nov 22, 3:41 PM ET`; on hover the same moment in local time. */
export function EasternTime({ at, className }: { at: string; className?: string }) {
  const hydrated = useHydrated();
  const moment = new Date(at);
  return (
    <time dateTime={at} title={exactTitle(moment, hydrated)} className={className}>
      {easternMoment(moment)}
    </time>
  );
}

function exactTitle(moment: Date, hydrated: boolean): string {
  return hydrated ? `${easternMoment(moment)}\n${localMoment(moment)} (your time)` : easternMoment(moment);
}
