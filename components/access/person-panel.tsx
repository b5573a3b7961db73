"use client";

import Link from "next/link";
import { RelativeTime } from "@/components/shell/relative-time";
import { useViewer } from "@/components/shell/viewer-provider";
import type { Person } from "@/lib/contracts/access";
import { DisableForm, EnableForm } from "./disable-form";
import { EndSessions } from "./end-sessions";
import { isOnlyAdmin } from "./order-people";
import { PasswordLink } from "./password-link";
import classes from "./person-panel.module.css";
import { RoleForm } from "./role-form";
import { SessionList } from "./session-list";
import { signInText } from "./sign-in-words";
import { TokenList } from "./token-list";

/** One person: role, sessions, tokens, and the door. */
export function PersonPanel({ person, people }: { person: Person; people: Person[] }) {
  const isViewer = useViewer().email === person.email;
  const onlyAdmin = isOnlyAdmin(people, person.id);
  return (
    <div className={classes.panel}>
      <p className={classes.facts}>
        {person.email}
        {isViewer && " · this is you"}
        <br />
        Signs in by {signInText(person.signIn)} · joined <RelativeTime at={person.createdAt} /> ·{" "}
        {person.lastSeenAt === null ? (
          "never seen"
        ) : (
          <>
            last seen <RelativeTime at={person.lastSeenAt} />
          </>
        )}
        <br />
        <Link href={`/audit?person=${person.id}`}>What they did</Link>
      </p>
      {person.disabled && <EnableForm person={person} disabled={person.disabled} />}
      <RoleForm key={person.role} person={person} onlyAdmin={onlyAdmin} />
      <section className={classes.part} aria-label="Sessions">
        <div className={classes.partHead}>
          <h3>{countText(person.sessionCount, "open session")}</h3>
          {person.sessionCount > 0 && <EndSessions person={person} isViewer={isViewer} />}
        </div>
        <SessionList sessions={person.sessions} count={person.sessionCount} />
      </section>
      <section className={classes.part} aria-label="API tokens">
        <h3>{countText(person.tokens.length, "API token")}</h3>
        <TokenList tokens={person.tokens} owner={isViewer ? null : person.name} />
      </section>
      {!person.disabled && !isViewer && <PasswordLink person={person} />}
      {!person.disabled && (
        <DisableForm
          person={person}
          refusal={
            isViewer
              ? "You cannot disable yourself: another admin can."
              : onlyAdmin
                ? "The only admin: make somebody else an admin first."
                : null
          }
        />
      )}
    </div>
  );
}

function countText(count: number, one: string): string {
  if (count === 0) return `No ${one}`;
  return count === 1 ? `1 ${one}` : `${count} ${one}s`;
}
