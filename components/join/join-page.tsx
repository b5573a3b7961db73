"use client";

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useSyncExternalStore } from "react";
import { ROLE_WORDS, roleWithArticle } from "@/components/access/role-words";
import { EasternTime } from "@/components/shell/relative-time";
import { inviteSecretSchema, type OpenInvite } from "@/lib/contracts/join";
import { openInviteQuery } from "@/lib/queries/join-queries";
import { JoinForm } from "./join-form";
import classes from "./join-page.module.css";

/** Where an invite's link leads: whoever holds it says a name, chooses a password, and is signed in. */
export function JoinPage() {
  const secret = useSyncExternalStore(onHashChange, readSecret, () => undefined);
  return (
    <div className={classes.page}>
      <section className={classes.panel} aria-labelledby="join-title">
        {secret === undefined && <Reading />}
        {secret === null && (
          <Refused words="This link is not whole. Copy all of it, from https to the last letter, and open it again." />
        )}
        {typeof secret === "string" && <Invited secret={secret} />}
      </section>
    </div>
  );
}

function Invited({ secret }: { secret: string }) {
  const { data: invite, error, refetch, isFetching } = useQuery(openInviteQuery(secret));
  if (error && !invite)
    return <Refused words={error.message} onRetry={() => refetch()} retrying={isFetching} />;
  if (!invite) return <Reading />;
  return (
    <>
      <h1 id="join-title" className={classes.title}>
        {invite.purpose === "join" ? "Join Backcourt" : "Set a new password"}
      </h1>
      <p className={classes.what}>{wordsOf(invite)}</p>
      <JoinForm secret={secret} invite={invite} />
      <p className={classes.hint}>
        The link can be used once and ends <EasternTime at={invite.expiresAt} />.
      </p>
    </>
  );
}

function wordsOf({ purpose, invitedBy, role, email }: OpenInvite): string {
  if (purpose === "password")
    return `${invitedBy} made this link for ${email}. Your other sessions end with it.`;
  return `${invitedBy} invites you as ${roleWithArticle(role)}. ${ROLE_WORDS[role].you}`;
}

function Reading() {
  return (
    <>
      <h1 id="join-title" className={classes.title}>
        Join Backcourt
      </h1>
      <p className={classes.what} role="status">
        Reading the invite…
      </p>
    </>
  );
}

type RefusedProps = { words: string; onRetry?: () => void; retrying?: boolean };

function Refused({ words, onRetry, retrying }: RefusedProps) {
  return (
    <>
      <h1 id="join-title" className={classes.title}>
        This link opens nothing
      </h1>
      <p className={classes.what} role="alert">
        {words}
      </p>
      <div className={classes.ways}>
        {onRetry && (
          <Button variant="default" loading={retrying} onClick={onRetry}>
            Try again
          </Button>
        )}
        <Button component={Link} href="/sign-in" variant="default">
          Sign in
        </Button>
      </div>
    </>
  );
}

function onHashChange(listener: () => void): () => void {
  window.addEventListener("hashchange", listener);
  return () => window.removeEventListener("hashchange", listener);
}

/** What stands behind the `#`, or null when it is no invite's secret. */
function readSecret(): string | null {
  return inviteSecretSchema.safeParse(window.location.hash.slice(1)).data ?? null;
}
