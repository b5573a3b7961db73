"use client";

import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useRef } from "react";
import { useHydrated } from "@/components/shell/relative-time";
import { signIn } from "@/lib/queries/sign-in";
import classes from "./sign-in.module.css";

/**
 * E-mail and password; `onDone` once there is a session. `email` is filled in where it is known; `problem` is
 * what went wrong before, until something is tried here.
 */
export function SignInForm({
  email = "",
  problem = null,
  onDone,
}: {
  email?: string;
  problem?: string | null;
  onDone: (email: string) => void;
}) {
  const hydrated = useHydrated();
  const passwordField = useRef<HTMLInputElement>(null);
  const attempt = useMutation({
    mutationFn: signIn,
    onSuccess: (_, { email: given }) => onDone(given.trim().toLowerCase()),
    onError: () => passwordField.current?.select(),
  });

  const told = attempt.error?.message ?? (attempt.isIdle ? problem : null);

  // Read from the form itself: what a password manager fills in is not always an event.
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    attempt.mutate({ email: String(fields.get("email")), password: String(fields.get("password")) });
  }

  return (
    // POST, so that no browser ever writes a password into an address, should the script be late.
    <form method="post" onSubmit={submit} className={classes.form}>
      {told && (
        <p role="alert" className={classes.problem}>
          {told}
        </p>
      )}
      <TextInput
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        withAsterisk={false}
        defaultValue={email}
        autoFocus={email === ""}
        size="md"
      />
      <PasswordInput
        ref={passwordField}
        label="Password"
        name="password"
        autoComplete="current-password"
        required
        withAsterisk={false}
        data-autofocus={email !== "" || undefined}
        size="md"
        visibilityToggleButtonProps={{ "aria-label": "Show the password" }}
      />
      <Button type="submit" size="lg" fullWidth loading={attempt.isPending} disabled={!hydrated}>
        Sign in
      </Button>
    </form>
  );
}
