"use client";

import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { agentText } from "@/components/access/agent-words";
import { Panel } from "@/components/access/panel";
import { SessionList } from "@/components/access/session-list";
import { ErrorNotice } from "@/components/shell/error-notice";
import { showToast } from "@/components/shell/toast";
import type { Account } from "@/lib/contracts/account";
import { accountKey, endOtherSessions, endSession } from "@/lib/queries/account-queries";
import classes from "./account-page.module.css";

/** Where one is signed in, with the way to end what one does not know or need. */
export function OwnSessions({ sessions, count }: { sessions: Account["sessions"]; count: number }) {
  const queryClient = useQueryClient();
  const end = useMutation({
    mutationFn: (which: string | "others") => (which === "others" ? endOtherSessions() : endSession(which)),
    onSuccess: ({ ended }) =>
      void showToast({ message: `${ended === 1 ? "1 session" : `${ended} sessions`} ended.` }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: accountKey }),
  });
  return (
    <Panel
      title="Where you are signed in"
      actions={
        count > 1 && (
          <Button
            size="xs"
            variant="default"
            loading={end.isPending && end.variables === "others"}
            onClick={() => end.mutate("others")}
          >
            Sign out everywhere else
          </Button>
        )
      }
    >
      {end.error && <ErrorNotice title="It was not ended" error={end.error} />}
      <SessionList
        sessions={sessions}
        count={count}
        end={(session) =>
          session.isThisOne ? (
            <span className={classes.here}>this browser</span>
          ) : (
            <Button
              size="xs"
              variant="default"
              aria-label={`End the session of ${agentText(session.userAgent)}`}
              loading={end.isPending && end.variables === session.id}
              onClick={() => end.mutate(session.id)}
            >
              End
            </Button>
          )
        }
      />
    </Panel>
  );
}
