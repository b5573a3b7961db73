"use client";

import { useEffect, useState } from "react";
import { useViewerOrNull } from "@/components/shell/viewer-provider";
import { ProviderButtons, type SignInProvider } from "./provider-buttons";
import classes from "./sign-in.module.css";
import { SignInForm } from "./sign-in-form";

/** The way in; `to` is the page that was asked for, `problem` what a provider's sign-in ended with. */
export function SignInPage({
  to,
  problem,
  providers,
}: {
  to: string;
  problem: string | null;
  providers: SignInProvider[];
}) {
  const left = Boolean(useViewerOrNull()?.email);
  const [leaving, setLeaving] = useState(false);
  useEffect(() => {
    // The router has come here from a page whose session is over: what it still holds is another person's.
    if (left) window.location.reload();
  }, [left]);

  return (
    <div className={classes.page}>
      <section className={classes.panel} aria-labelledby="sign-in-title">
        <h1 id="sign-in-title" className={classes.title}>
          Sign in
        </h1>
        <SignInForm
          problem={problem}
          onDone={() => {
            setLeaving(true);
            window.location.assign(to);
          }}
        />
        <p role="status" className={classes.told}>
          {leaving && "Signed in. Opening the console."}
        </p>
        <ProviderButtons providers={providers} to={to} />
        <p className={classes.hint}>
          No account, or the password is lost? An admin of this console can make you a link.
        </p>
      </section>
    </div>
  );
}
