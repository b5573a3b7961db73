"use client";

import { easternSeconds } from "@/components/runs/format-moment";
import { useExactTitle } from "@/components/shell/relative-time";
import { easternDate, shortLabel } from "@/lib/game-date";
import classes from "./event-moment.module.css";

/** `3:42:39 PM ET` for an event of today, `Fri Nov 20` for an older one; on hover the exact moment. */
export function EventMoment({ at, now }: { at: string; now: Date }) {
  const moment = new Date(at);
  const title = useExactTitle(moment);
  const date = easternDate(moment);
  return (
    <time dateTime={at} title={title} className={classes.moment}>
      {date === easternDate(now) ? easternSeconds(at) : shortLabel(date)}
    </time>
  );
}
