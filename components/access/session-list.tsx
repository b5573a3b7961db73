import type { ReactNode } from "react";
import { RelativeTime } from "@/components/shell/relative-time";
import type { OpenSession } from "@/lib/contracts/access";
import { agentText } from "./agent-words";
import classes from "./entry-list.module.css";

type SessionListProps<Session extends OpenSession> = {
  sessions: readonly Session[];
  /** How many there are; more than are listed perhaps. */
  count: number;
  /** What stands at the end of a session's row. */
  end?: (session: Session) => ReactNode;
};

/** Browsers that are signed in: which, from where, since when, last used when. */
export function SessionList<Session extends OpenSession>({
  sessions,
  count,
  end,
}: SessionListProps<Session>) {
  return (
    <>
      <ul className={classes.list}>
        {sessions.map((session) => (
          <li key={session.id} className={classes.entry}>
            <span className={classes.what}>
              <span className={classes.name} title={session.userAgent ?? undefined}>
                {agentText(session.userAgent)}
              </span>
              <span className={classes.detail}>
                {session.address ?? "unknown address"} · since <RelativeTime at={session.startedAt} /> · last
                used <RelativeTime at={session.usedAt} />
              </span>
            </span>
            {end && <span className={classes.end}>{end(session)}</span>}
          </li>
        ))}
      </ul>
      {count > sessions.length && <p className={classes.more}>and {count - sessions.length} older ones</p>}
    </>
  );
}
