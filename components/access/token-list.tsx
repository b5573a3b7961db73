"use client";

import { Button } from "@mantine/core";
import dynamic from "next/dynamic";
import { useState } from "react";
import { RelativeTime } from "@/components/shell/relative-time";
import type { ApiToken } from "@/lib/contracts/access";
import classes from "./entry-list.module.css";
import { ROLE_WORDS } from "./role-words";

const RevokeTokenDialog = dynamic(
  () => import("./revoke-token-dialog").then((module) => module.RevokeTokenDialog),
  { ssr: false },
);

/** Keys for scripts that are in force: what each may, until when, last used when and from where. */
export function TokenList({ tokens, owner }: { tokens: readonly ApiToken[]; owner: string | null }) {
  const [revoking, setRevoking] = useState<ApiToken | null>(null);
  return (
    <>
      <ul className={classes.list}>
        {tokens.map((token) => (
          <li key={token.id} className={classes.entry}>
            <span className={classes.what}>
              <span className={classes.name}>
                {token.name} <code className={classes.prefix}>{token.prefix}…</code>
              </span>
              <span className={classes.detail}>
                {ROLE_WORDS[token.role].label} · ends <RelativeTime at={token.expiresAt} /> ·{" "}
                {token.lastUsedAt === null ? (
                  "never used"
                ) : (
                  <>
                    used <RelativeTime at={token.lastUsedAt} />
                    {token.lastUsedAddress && ` from ${token.lastUsedAddress}`}
                  </>
                )}
              </span>
            </span>
            <span className={classes.end}>
              <Button
                size="xs"
                variant="default"
                aria-label={`Revoke the token ${token.name}…`}
                onClick={() => setRevoking(token)}
              >
                Revoke…
              </Button>
            </span>
          </li>
        ))}
      </ul>
      {revoking && <RevokeTokenDialog token={revoking} owner={owner} onClose={() => setRevoking(null)} />}
    </>
  );
}
