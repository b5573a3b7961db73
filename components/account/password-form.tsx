"use client";

import { Button, PasswordInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import { Panel } from "@/components/access/panel";
import { ErrorNotice } from "@/components/shell/error-notice";
import { showToast } from "@/components/shell/toast";
import { newPasswordSchema, PASSWORD_MAX, PASSWORD_MIN } from "@/lib/contracts/auth";
import { accountKey, changePassword } from "@/lib/queries/account-queries";
import classes from "./account-page.module.css";

/** Another password in place of the present one; every other session ends with it. */
export function PasswordForm({ email, hasPassword }: { email: string; hasPassword: boolean }) {
  const queryClient = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const change = useMutation({
    mutationFn: changePassword,
    onSuccess: () => {
      form.current?.reset();
      void showToast({ message: "The password is changed; your other sessions have ended." });
      return queryClient.invalidateQueries({ queryKey: accountKey });
    },
  });
  if (!hasPassword)
    return (
      <Panel title="Password">
        <p className={classes.none}>You sign in elsewhere, so there is no password here.</p>
      </Panel>
    );

  // Read from the form itself: what a password manager fills in is not always an event.
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const next = newPasswordSchema.safeParse(fields.get("next"));
    setProblem(next.success ? null : `It ${next.error.issues[0]?.message}.`);
    if (next.success) change.mutate({ current: String(fields.get("current")), next: next.data });
  }

  return (
    <Panel title="Password" sub="changing it ends your other sessions, not your tokens">
      <form ref={form} method="post" onSubmit={submit} className={classes.form}>
        {/* Tells password managers whose password it is. */}
        <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
        <PasswordInput
          label="Current password"
          name="current"
          autoComplete="current-password"
          required
          withAsterisk={false}
          maxLength={1_000}
          visibilityToggleButtonProps={{ "aria-label": "Show the current password" }}
        />
        <PasswordInput
          label="New password"
          description={`At least ${PASSWORD_MIN} characters`}
          name="next"
          autoComplete="new-password"
          required
          withAsterisk={false}
          maxLength={PASSWORD_MAX}
          error={problem}
          visibilityToggleButtonProps={{ "aria-label": "Show the new password" }}
        />
        {change.error && <ErrorNotice title="The password was not changed" error={change.error} />}
        <Button type="submit" variant="default" loading={change.isPending}>
          Change the password
        </Button>
      </form>
    </Panel>
  );
}
