"use client";

import { easternTime, relativeText } from "@/components/shell/format-time";
import { useNow } from "@/components/shell/now-provider";
import { useExactTitle } from "@/components/shell/relative-time";

/** `7:00 PM ET (in 3 h)`: a time of day that something waits for; the whole moment on hover. */
export function CloseTime({ at }: { at: string }) {
  const now = useNow();
  const moment = new Date(at);
  const title = useExactTitle(moment);
  return (
    <time dateTime={at} title={title}>
      {easternTime(moment)} ({relativeText(moment, now)})
    </time>
  );
}
