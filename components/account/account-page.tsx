"use client";

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Panel } from "@/components/access/panel";
import { ROLE_WORDS } from "@/components/access/role-words";
import { signInText } from "@/components/access/sign-in-words";
import { TokenList } from "@/components/access/token-list";
import { LoadError } from "@/components/runs/load-error";
import { PageHeader } from "@/components/shell/page-header";
import { RelativeTime } from "@/components/shell/relative-time";
import { useStandingError } from "@/components/shell/use-standing-error";
import type { Account } from "@/lib/contracts/account";
import { accountQuery } from "@/lib/queries/account-queries";
import classes from "./account-page.module.css";
import { OwnSessions } from "./own-sessions";
import { PasswordForm } from "./password-form";

const TokenDialog = dynamic(() => import("./token-dialog").then((module) => module.TokenDialog), {
  ssr: false,
});

/** One's own account: role, password, tokens for scripts, where one is signed in. */
export function AccountPage() {
  const query = useQuery(accountQuery());
  const error = useStandingError(query);
  return (
    <>
      <PageHeader title="Your account" sub={query.data?.email} />
      {query.data && query.error && (
        <p className={classes.stale} role="status">
          {query.error.message} What follows is from before.
        </p>
      )}
      {error && (
        <LoadError
          what="Your account"
          error={error}
          onRetry={query.refetch}
          retrying={query.isFetching}
          inline
        />
      )}
      {!query.data && !error && <AccountSkeleton />}
      {query.data && <LoadedAccount account={query.data} />}
    </>
  );
}

function LoadedAccount({ account }: { account: Account }) {
  const [making, setMaking] = useState(false);
  const { label, you } = ROLE_WORDS[account.role];
  return (
    <div className={classes.columns}>
      <div>
        <Panel title="You">
          <dl className={classes.facts}>
            <dt>Name</dt>
            <dd>{account.name}</dd>
            <dt>Role</dt>
            <dd>
              {label}
              <span className={classes.may}>{you} An admin can change that.</span>
            </dd>
            <dt>Signs in by</dt>
            <dd>{signInText(account.signIn)}</dd>
            <dt>Joined</dt>
            <dd>
              <RelativeTime at={account.createdAt} />
            </dd>
          </dl>
        </Panel>
        <PasswordForm email={account.email} hasPassword={account.signIn.includes("credential")} />
      </div>
      <div>
        <Panel
          title="API tokens"
          sub="keys for scripts, shown once"
          actions={
            <Button size="xs" onClick={() => setMaking(true)}>
              New token…
            </Button>
          }
        >
          {account.tokens.length > 0 ? (
            <TokenList tokens={account.tokens} owner={null} />
          ) : (
            <p className={classes.none}>
              None. A script sends its token as <code>Authorization: Bearer bc_…</code> and may at most what
              you may.
            </p>
          )}
          <p className={classes.api}>
            What a script can call is described at <a href="/api/openapi">/api/openapi</a>.
          </p>
        </Panel>
        <OwnSessions sessions={account.sessions} count={account.sessionCount} />
      </div>
      {making && <TokenDialog role={account.role} onClose={() => setMaking(false)} />}
    </div>
  );
}

function AccountSkeleton() {
  return (
    <div className={classes.columns} role="status" aria-label="Reading your account">
      <div className={classes.bone} />
      <div className={classes.bone} />
    </div>
  );
}
