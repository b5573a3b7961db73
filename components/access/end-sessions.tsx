"use client";

import { Button } from "@mantine/core";
import { useState } from "react";
import type { Person } from "@/lib/contracts/access";
import { endPersonSessions } from "@/lib/queries/access-queries";
import classes from "./end-sessions.module.css";
import { usePersonAct } from "./use-person-act";

/** Signs a person out everywhere, asked twice: who is at work is thrown out in the middle of it. */
export function EndSessions({ person, isViewer }: { person: Person; isViewer: boolean }) {
  const [sure, setSure] = useState(false);
  const end = usePersonAct(
    () => endPersonSessions(person.id),
    ({ endedSessions }) =>
      `${person.name} is signed out: ${endedSessions} ${endedSessions === 1 ? "session" : "sessions"} ended.`,
  );
  if (!sure)
    return (
      <Button size="xs" variant="default" onClick={() => setSure(true)}>
        End them…
      </Button>
    );
  return (
    <span className={classes.sure}>
      {end.error ? (
        <span role="alert" className={classes.problem}>
          {end.error.message}
        </span>
      ) : (
        isViewer && <span>Yours too:</span>
      )}
      <Button size="xs" variant="default" onClick={() => setSure(false)}>
        Keep
      </Button>
      <Button size="xs" autoFocus loading={end.isPending} onClick={() => end.mutate()}>
        End {person.sessionCount === 1 ? "it" : `all ${person.sessionCount}`}
      </Button>
    </span>
  );
}
