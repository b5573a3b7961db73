"use client";

import { EventMoment } from "@/components/dashboard/event-moment";
import { eventText } from "@/components/dashboard/event-text";
import { useNow } from "@/components/shell/now-provider";
import type { DashboardRestartReceipt } from "@/lib/contracts/run-kinds/dashboard-restart";
import { SidePanel } from "../side-panel";
import classes from "./dashboard-restart-events.module.css";

const SHOWN = 8;

/** What ECS said about the service while the run was on, in its order: the last of it. */
export function DashboardRestartEvents({ events }: Pick<DashboardRestartReceipt, "events">) {
  const now = useNow();
  return (
    <SidePanel title="Service events">
      {events.length === 0 && <p className={classes.none}>ECS told of no event meanwhile.</p>}
      {events.length > SHOWN && (
        <p className={classes.none}>
          The last {SHOWN} of {events.length}; the log has them all.
        </p>
      )}
      <ul>
        {events.slice(-SHOWN).map(({ at, text }) => (
          <li key={at + text} className={classes.event}>
            <EventMoment at={at} now={now} />
            <span className={classes.text} title={text}>
              {eventText(text)}
            </span>
          </li>
        ))}
      </ul>
    </SidePanel>
  );
}
