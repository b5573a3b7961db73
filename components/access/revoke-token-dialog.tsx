"use client";

import { Button, Modal } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ErrorNotice } from "@/components/shell/error-notice";
import { RelativeTime } from "@/components/shell/relative-time";
import { showToast } from "@/components/shell/toast";
import { useReturnFocus } from "@/components/shell/use-return-focus";
import type { ApiToken } from "@/lib/contracts/access";
import { accessKeys } from "@/lib/queries/access-queries";
import { accountKey, revokeToken } from "@/lib/queries/account-queries";
import classes from "./dialog.module.css";

type RevokeTokenDialogProps = {
  token: ApiToken;
  /** Whose it is, when it is somebody else's. */
  owner: string | null;
  onClose: () => void;
};

/** Asks before a token is useless for good. */
export function RevokeTokenDialog({ token, owner, onClose }: RevokeTokenDialogProps) {
  useReturnFocus();
  const queryClient = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => revokeToken(token.id),
    onSuccess: async () => {
      void showToast({ message: `The token ${token.name} is revoked.` });
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: accountKey }),
        queryClient.invalidateQueries({ queryKey: accessKeys.all }),
      ]);
      onClose();
    },
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Revoke ${owner ? `${owner}'s token` : "the token"} ${token.name}?`}
      centered
    >
      <div className={classes.form}>
        <p className={classes.what}>
          Scripts that use <code>{token.prefix}…</code> are refused from the next request on. This cannot be
          taken back.{" "}
          {token.lastUsedAt === null ? (
            "It was never used."
          ) : (
            <>
              It was last used <RelativeTime at={token.lastUsedAt} />
              {token.lastUsedAddress && ` from ${token.lastUsedAddress}`}.
            </>
          )}
        </p>
        {revoke.error && <ErrorNotice title="It was not revoked" error={revoke.error} />}
        <div className={classes.actions}>
          <Button variant="default" onClick={onClose}>
            Keep it
          </Button>
          <Button data-autofocus loading={revoke.isPending} onClick={() => revoke.mutate()}>
            Revoke
          </Button>
        </div>
      </div>
    </Modal>
  );
}
