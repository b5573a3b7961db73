import type { WebEnv } from "@/lib/env";
import { OIDC_PROVIDER, type ProviderSettings } from "./create-auth";

/** What of the web's configuration says who may come in, and from where they come. */
export function authSettings(env: WebEnv): {
  secret: string;
  publicUrl: string;
  providers: ProviderSettings;
} {
  return {
    secret: env.AUTH_SECRET,
    publicUrl: env.PUBLIC_URL ?? `http://127.0.0.1:${env.PORT}`,
    providers: {
      github: pairOf(env.AUTH_GITHUB_CLIENT_ID, env.AUTH_GITHUB_CLIENT_SECRET),
      oidc: oidcOf(env),
      allowed: { emails: env.AUTH_ALLOWED_EMAILS, domains: env.AUTH_ALLOWED_DOMAINS },
    },
  };
}

/** The providers' buttons: what each is called. */
export function signInProviders({ github, oidc }: ProviderSettings): { id: string; label: string }[] {
  return [
    ...(github ? [{ id: "github", label: "GitHub" }] : []),
    ...(oidc ? [{ id: OIDC_PROVIDER, label: oidc.name }] : []),
  ];
}

function oidcOf(env: WebEnv): ProviderSettings["oidc"] {
  const client = pairOf(env.AUTH_OIDC_CLIENT_ID, env.AUTH_OIDC_CLIENT_SECRET);
  if (!client || !env.AUTH_OIDC_ISSUER) return null;
  return { ...client, issuer: env.AUTH_OIDC_ISSUER, name: env.AUTH_OIDC_NAME };
}

function pairOf(clientId: string | undefined, clientSecret: string | undefined) {
  return clientId && clientSecret ? { clientId, clientSecret } : null;
}
