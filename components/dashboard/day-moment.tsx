"use client";

import { useNow } from "@/components/shell/now-provider";
import { useExactTitle } from "@/components/shell/relative-time";
import { easternDayTime } from "./eastern-day-time";

/** `12:31 PM ET`, with its date unless that is today; on hover the exact moment in Eastern and local time. */
export function DayMoment({ at }: { at: string }) {
  const moment = new Date(at);
  const title = useExactTitle(moment);
  return (
    <time dateTime={at} title={title}>
      {easternDayTime(moment, useNow())}
    </time>
  );
}
