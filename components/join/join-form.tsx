"use client";

import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { type FormEvent, useState } from "react";
import { PASSWORD_MAX, PASSWORD_MIN } from "@/lib/contracts/auth";
import { acceptInviteRequestSchema, type OpenInvite } from "@/lib/contracts/join";
import { acceptInvite } from "@/lib/queries/join-queries";
import { signIn } from "@/lib/queries/sign-in";
import classes from "./join-page.module.css";

type Problems = Partial<Record<"name" | "password", string>>;

/** A name where there is none yet, and a password; then the person is signed in. */
export function JoinForm({ secret, invite }: { secret: string; invite: OpenInvite }) {
  const [problems, setProblems] = useState<Problems>({});
  const [done, setDone] = useState(false);
  const accept = useMutation({ mutationFn: acceptInvite });
  const enter = useMutation({
    mutationFn: signIn,
    // Replaced, so that the used link is not what "back" leads to.
    onSuccess: () => window.location.replace("/"),
  });

  // Read from the form itself: what a password manager fills in is not always an event.
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const request = acceptInviteRequestSchema.safeParse({
      token: secret,
      name: fields.get("name") ?? undefined,
      password: fields.get("password"),
    });
    setProblems(
      request.success
        ? {}
        : Object.fromEntries(request.error.issues.map((issue) => [issue.path[0], `It ${issue.message}.`])),
    );
    if (!request.success) return;
    const { password } = request.data;
    accept.mutate(request.data, {
      onSuccess: ({ email }) => {
        setDone(true);
        enter.mutate({ email, password });
      },
    });
  }

  if (done)
    return enter.error ? (
      <p className={classes.problem} role="alert">
        The account is there, but signing in did not work: {enter.error.message}{" "}
        <Link href="/sign-in">Sign in</Link>
      </p>
    ) : (
      <p className={classes.what} role="status">
        Done. Opening the console.
      </p>
    );
  return (
    // POST, so that no browser ever writes a password into an address, should the script be late.
    <form method="post" onSubmit={submit} className={classes.form}>
      {accept.error && (
        <p className={classes.problem} role="alert">
          {accept.error.message}
        </p>
      )}
      <TextInput
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username"
        value={invite.email}
        readOnly
        size="md"
      />
      {invite.purpose === "join" && (
        <TextInput
          label="Your name"
          description="As lists and the audit show it"
          name="name"
          autoComplete="name"
          autoFocus
          required
          withAsterisk={false}
          maxLength={80}
          size="md"
          error={problems.name}
        />
      )}
      <PasswordInput
        label={invite.purpose === "join" ? "Password" : "New password"}
        description={`At least ${PASSWORD_MIN} characters`}
        name="password"
        autoComplete="new-password"
        autoFocus={invite.purpose === "password"}
        required
        withAsterisk={false}
        maxLength={PASSWORD_MAX}
        size="md"
        error={problems.password}
        visibilityToggleButtonProps={{ "aria-label": "Show the password" }}
      />
      <Button type="submit" size="lg" fullWidth loading={accept.isPending}>
        {invite.purpose === "join" ? "Join" : "Set it and sign in"}
      </Button>
    </form>
  );
}
