const PROVIDERS: Record<string, string> = {
  credential: "password",
  github: "GitHub",
  oidc: "single sign-on",
};

/** `password, GitHub`: how a person signs in; a provider that has no name here goes by its id. */
export function signInText(providers: readonly string[]): string {
  if (providers.length === 0) return "no way yet";
  return providers.map((provider) => PROVIDERS[provider] ?? provider).join(", ");
}
