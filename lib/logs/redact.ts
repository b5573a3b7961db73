const MASK = "***";
const SHORTEST_SECRET = 4;

/** Replaces every known secret in a text. */
export type Redact = (text: string) => string;

/**
 * A redactor for `secrets`, each also as it stands in a URL and in base64, for the passwords of any
 * connection URL, and for AWS access keys. Shorter secrets than four characters would mask ordinary words
 * and are left out.
 */
export function createRedactor(secrets: readonly string[]): Redact {
  const forms = new Set<string>();
  for (const secret of secrets) {
    if (secret.length < SHORTEST_SECRET) continue;
    forms.add(secret);
    forms.add(encodeURIComponent(secret));
    forms.add(Buffer.from(secret).toString("base64").replace(/=+$/, ""));
  }
  const alternatives = [...forms].sort((a, b) => b.length - a.length).map(escapePattern);
  const known = alternatives.length ? new RegExp(alternatives.join("|"), "g") : null;
  return (text) => {
    const masked = known ? text.replace(known, MASK) : text;
    return masked
      .replace(/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:)[^\s@/]+@/gi, `$1${MASK}@`)
      .replace(/\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g, MASK);
  };
}

/** The values among a program's variables that must not be seen, by the variable's name. */
export function secretValues(environment: Record<string, string>): string[] {
  return Object.entries(environment)
    .filter(([name]) => /(^|_)(PW|PASS|PASSWORD|SECRET|TOKEN|KEY)($|_)|WEBHOOK/i.test(name))
    .map(([, value]) => value);
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
