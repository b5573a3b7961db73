"use client";

import { useNow } from "@/components/shell/now-provider";
import type { DashboardState } from "@/lib/contracts/dashboard";
import { EventMoment } from "./event-moment";
import { eventText } from "./event-text";
import classes from "./events-panel.module.css";
import { Panel } from "./panel";

/** What ECS last said about the service, newest first; `null` while no worker has looked. */
export function EventsPanel({ events }: { events: DashboardState["events"] | null }) {
  const now = useNow();
  return (
    <Panel title="Service events" end="as ECS tells them">
      {events === null && (
        <p className={classes.none}>They appear here once a worker has looked at the service.</p>
      )}
      {events?.length === 0 && <p className={classes.none}>ECS tells of no event.</p>}
      {events && events.length > 0 && (
        <ul>
          {events.map(({ id, at, text }) => (
            <li key={id} className={classes.event}>
              <EventMoment at={at} now={now} />
              <span className={classes.text} title={text}>
                {eventText(text)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
