"use client";

import { easternMoment, easternTime } from "./format-time";
import { useNow } from "./now-provider";

/** The present Eastern time, by which every game date is meant. */
export function EasternClock({ short = false }: { short?: boolean }) {
  const now = useNow();
  return (
    <time dateTime={now.toISOString()} title="US Eastern time: game dates are meant by it">
      {short ? easternTime(now) : easternMoment(now)}
    </time>
  );
}
