"use client";

import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ErrorNotice } from "@/components/shell/error-notice";
import { EasternTime } from "@/components/shell/relative-time";
import type { Person } from "@/lib/contracts/access";
import { accessKeys, createPasswordLink } from "@/lib/queries/access-queries";
import { CopySecret } from "./copy-secret";
import classes from "./person-panel.module.css";

/** For who has lost the password: a link that sets another, shown this once. */
export function PasswordLink({ person }: { person: Person }) {
  const queryClient = useQueryClient();
  const make = useMutation({
    mutationFn: () => createPasswordLink(person.id),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: accessKeys.invites }),
  });
  return (
    <section className={classes.part} aria-label="Password">
      {make.data ? (
        <div className={classes.form}>
          <p className={classes.why}>
            Send it to {person.email} where nobody else reads it. It is shown only now, sets a new password
            once, and ends <EasternTime at={make.data.invite.expiresAt} />. Until it is used nothing changes.
          </p>
          <CopySecret
            secret={`${window.location.origin}${make.data.path}`}
            label="The link for a new password"
          />
        </div>
      ) : (
        <div className={classes.form}>
          <p className={classes.why}>The password is lost?</p>
          {make.error && <ErrorNotice title="There is no link" error={make.error} />}
          <Button variant="default" loading={make.isPending} onClick={() => make.mutate()}>
            Make a link for a new one
          </Button>
        </div>
      )}
    </section>
  );
}
