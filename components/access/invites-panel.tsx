"use client";

import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ErrorNotice } from "@/components/shell/error-notice";
import { RelativeTime } from "@/components/shell/relative-time";
import { showToast } from "@/components/shell/toast";
import type { Invite } from "@/lib/contracts/access";
import { accessKeys, invitesQuery, revokeInvite } from "@/lib/queries/access-queries";
import classes from "./entry-list.module.css";
import { Panel } from "./panel";
import { ROLE_WORDS } from "./role-words";

/** Links that nobody has used yet. */
export function InvitesPanel() {
  const { data, error, refetch, isFetching } = useQuery(invitesQuery());
  if (!data && !error) return null;
  return (
    <Panel id="pending" title="Pending links" sub="each good for one person and 7 days">
      {data && data.invites.length > 0 && (
        <ul className={classes.list}>
          {data.invites.map((invite) => (
            <PendingInvite key={invite.id} invite={invite} />
          ))}
        </ul>
      )}
      {data?.invites.length === 0 && (
        <p className={classes.none}>None. Invite… makes a link that you send to one person yourself.</p>
      )}
      {!data && error && (
        <ErrorNotice
          title="The invites cannot be shown"
          error={error}
          onRetry={refetch}
          retrying={isFetching}
        />
      )}
    </Panel>
  );
}

function PendingInvite({ invite }: { invite: Invite }) {
  const queryClient = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => revokeInvite(invite.id),
    onSuccess: () => showToast({ message: `The invite of ${invite.email} opens nothing any more.` }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: accessKeys.all }),
  });
  return (
    <li className={classes.entry}>
      <span className={classes.what}>
        <span className={classes.name}>{invite.email}</span>
        <span className={classes.detail}>
          {invite.purpose === "join" ? ROLE_WORDS[invite.role].label : "New password"} · by {invite.invitedBy}{" "}
          <RelativeTime at={invite.createdAt} /> · ends <RelativeTime at={invite.expiresAt} />
        </span>
        {revoke.error && (
          <span role="alert" className={classes.problem}>
            {revoke.error.message}
          </span>
        )}
      </span>
      <span className={classes.end}>
        <Button
          size="xs"
          variant="default"
          aria-label={`Take back the invite of ${invite.email}`}
          loading={revoke.isPending}
          onClick={() => revoke.mutate()}
        >
          Take back
        </Button>
      </span>
    </li>
  );
}
