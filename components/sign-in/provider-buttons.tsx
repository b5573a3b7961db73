"use client";

import { Button } from "@mantine/core";
import { IconBrandGithub, IconKey } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { beginProviderSignIn } from "@/lib/queries/sign-in";
import classes from "./sign-in.module.css";

export type SignInProvider = { id: string; label: string };

/** Ways in by somebody else's word, where they are configured. */
export function ProviderButtons({ providers, to }: { providers: SignInProvider[]; to: string }) {
  const begin = useMutation({
    mutationFn: (provider: string) => beginProviderSignIn(provider, to),
    onSuccess: ({ url }) => window.location.assign(url),
  });
  if (providers.length === 0) return null;
  return (
    <div className={classes.providers}>
      <p className={classes.or}>or</p>
      {providers.map(({ id, label }) => (
        <Button
          key={id}
          variant="default"
          size="lg"
          fullWidth
          leftSection={
            id === "github" ? <IconBrandGithub size={16} aria-hidden /> : <IconKey size={16} aria-hidden />
          }
          loading={begin.isPending && begin.variables === id}
          onClick={() => begin.mutate(id)}
        >
          Continue with {label}
        </Button>
      ))}
      {begin.error && (
        <p role="alert" className={classes.problem}>
          {begin.error.message}
        </p>
      )}
    </div>
  );
}
