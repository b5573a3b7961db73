"use client";

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useQueryStates } from "nuqs";
import { useState } from "react";
import { LoadError } from "@/components/runs/load-error";
import { PageHeader } from "@/components/shell/page-header";
import { useStandingError } from "@/components/shell/use-standing-error";
import type { Person } from "@/lib/contracts/access";
import { peopleQuery } from "@/lib/queries/access-queries";
import { ACCESS_PARSERS } from "./access-address";
import classes from "./access-page.module.css";
import { InvitesPanel } from "./invites-panel";
import { countGroups, orderPeople } from "./order-people";
import { PeopleFilters } from "./people-filters";
import { PeopleSkeleton } from "./people-skeleton";
import { PeopleTable } from "./people-table";

const InviteDialog = dynamic(() => import("./invite-dialog").then((module) => module.InviteDialog), {
  ssr: false,
});
const PersonSheet = dynamic(() => import("./person-sheet").then((module) => module.PersonSheet), {
  ssr: false,
});

/** Who may sign in and do what, and who is invited. */
export function AccessPage() {
  const query = useQuery(peopleQuery());
  const error = useStandingError(query);
  const [inviting, setInviting] = useState(false);
  const people = query.data?.people;
  return (
    <>
      <PageHeader
        title="Access"
        sub={
          <>
            {people && <>{countText(people.length)} · </>}
            <a href="#pending">pending links</a> · <Link href="/audit">what they did</Link>
          </>
        }
        actions={<Button onClick={() => setInviting(true)}>Invite…</Button>}
      />
      {people && query.error && (
        <p className={classes.stale} role="status">
          {query.error.message} The list is from before.
        </p>
      )}
      {error && (
        <LoadError what="People" error={error} onRetry={query.refetch} retrying={query.isFetching} inline />
      )}
      {!people && !error && <PeopleSkeleton />}
      {people && <People people={people} />}
      <InvitesPanel />
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
    </>
  );
}

function countText(count: number): string {
  return count === 1 ? "1 person" : `${count} people`;
}

function People({ people }: { people: Person[] }) {
  const [{ q, show, person }, setAddress] = useQueryStates(ACCESS_PARSERS);
  const shown = orderPeople(people, q, show);
  const opened = people.find(({ id }) => id === person) ?? null;
  return (
    <>
      <PeopleFilters
        text={q}
        group={show}
        counts={countGroups(people)}
        total={people.length}
        onText={(next) => setAddress({ q: next })}
        onGroup={(next) => setAddress({ show: next })}
      />
      {shown.length > 0 ? (
        <PeopleTable people={shown} onOpen={(id) => setAddress({ person: id }, { history: "push" })} />
      ) : (
        <p className={classes.empty}>Nobody matches.</p>
      )}
      <PersonSheet person={opened} people={people} onClose={() => setAddress({ person: null })} />
    </>
  );
}
