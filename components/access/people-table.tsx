"use client";

import Link from "next/link";
import type { MouseEvent } from "react";
import { moveFocus } from "@/components/shell/move-focus";
import { RelativeTime } from "@/components/shell/relative-time";
import { useViewer } from "@/components/shell/viewer-provider";
import type { Person } from "@/lib/contracts/access";
import classes from "./people-table.module.css";
import { ROLE_WORDS } from "./role-words";
import { signInText } from "./sign-in-words";

/** People as rows, or as cards where the screen is narrow; each opens what can be done about them. */
export function PeopleTable({ people, onOpen }: { people: Person[]; onOpen: (id: string) => void }) {
  return (
    <section className={classes.panel} aria-label="People">
      <div className={classes.head} aria-hidden>
        <span>Person</span>
        <span>Role</span>
        <span>Signs in by</span>
        <span>Last seen</span>
        <span>Sessions</span>
        <span>API tokens</span>
      </div>
      <ul onKeyDown={moveFocus}>
        {people.map((person) => (
          <PersonRow key={person.id} person={person} onOpen={onOpen} />
        ))}
      </ul>
    </section>
  );
}

function PersonRow({ person, onOpen }: { person: Person; onOpen: (id: string) => void }) {
  const isViewer = useViewer().email === person.email;
  const open = (event: MouseEvent) => {
    // In a new tab where that is asked for; else in place, over the list.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    onOpen(person.id);
  };
  return (
    <li className={classes.row} data-disabled={person.disabled !== null || undefined}>
      <span className={classes.person}>
        <Link href={`/access?person=${person.id}`} prefetch={false} className={classes.link} onClick={open}>
          {person.name}
        </Link>
        {isViewer && <span className={classes.you}>you</span>}
        <span className={classes.email}>{person.email}</span>
      </span>
      <span className={classes.role}>
        {person.disabled ? (
          <span className={classes.out}>Disabled</span>
        ) : (
          <span data-role={person.role}>{ROLE_WORDS[person.role].label}</span>
        )}
      </span>
      <span className={classes.signIn}>{signInText(person.signIn)}</span>
      <span className={classes.seen}>
        {person.lastSeenAt === null ? "never" : <RelativeTime at={person.lastSeenAt} />}
      </span>
      <Count className={classes.sessions} count={person.sessionCount} one="session" />
      <Count className={classes.tokens} count={person.tokens.length} one="token" />
    </li>
  );
}

function Count({ className, count, one }: { className?: string; count: number; one: string }) {
  return (
    <span className={className}>
      {count}
      <span className={classes.unit}> {count === 1 ? one : `${one}s`}</span>
    </span>
  );
}
