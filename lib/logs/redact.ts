import { type SecretForm, secretForms } from "./secret-forms";
import { TornSecrets } from "./torn-secrets";

const MASK = "***";

/**
 * Replaces every known secret in a text. For a line of several, `before` is what directly precedes it, its
 * neighbours' line ends left out: a secret that is spread over lines is found then, too.
 */
export type Redact = (text: string, before?: string) => string;

/** Masks secrets, and may be told of further ones. */
export type Redactor = Redact & { learn(secrets: readonly string[]): void };

/** How much of the text before a line is of any use. */
export const TEXT_BEFORE = 4 * 1024;

// Looks behind instead of at a word's edge: a long text of dots would otherwise be tried from each of them.
const CONNECTION_URL = /((?<![a-z0-9+.-])[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:)[^\s@/]+@/gi;
const KEYWORD = /(\b(?:pgpassword|password|passwd|pwd)["']?\s*[=:]\s*)("[^"]*"|'[^']*'|[^\s,;&"')}\]]+)/gi;
const AWS_KEY_ID = /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g;
const AWS_SECRET =
  /(\b(?:aws_?secret_?access_?key|aws_?session_?token|secret_?access_?key|session_?token)["']?\s*[=:]\s*["']?)[A-Za-z0-9/+=_-]{16,}/gi;

/**
 * A redactor for `secrets` in every form in which programs write them (lib/logs/secret-forms.ts), for the
 * passwords of any connection URL or keyword, and for AWS keys. Secrets of fewer than four characters would mask
 * ordinary words and are left out.
 */
export function createRedactor(secrets: readonly string[]): Redactor {
  const known = new Set<string>();
  let masked = maskerOf([]);
  const learn = (more: readonly string[]) => {
    const unknown = more.filter((secret) => !known.has(secret));
    if (unknown.length === 0) return;
    for (const secret of unknown) known.add(secret);
    masked = maskerOf([...known].flatMap(secretForms));
  };
  learn(secrets);
  return Object.assign((text: string, before = "") => maskPatterns(masked(text, before)), { learn });
}

/** The values among a program's variables that must not be seen, by the variable's name; passwords of URLs, whatever theirs. */
export function secretValues(environment: Record<string, string>): string[] {
  return Object.entries(environment).flatMap(([name, value]) =>
    isSecretName(name) ? [value, ...passwordOfUrl(value)] : passwordOfUrl(value),
  );
}

/** Whether what is called so must not be seen. */
export function isSecretName(name: string): boolean {
  return /(^|_)(PW|PWD|PASS|PASSWD|PASSWORD|PASSPHRASE|SECRET|TOKEN|KEY|APIKEY|CREDENTIALS?)($|_)|WEBHOOK/i.test(
    name,
  );
}

function passwordOfUrl(value: string): string[] {
  const raw = /^[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:([^\s@]+)@/i.exec(value)?.[1];
  if (raw === undefined) return [];
  try {
    return [raw, decodeURIComponent(raw)];
  } catch {
    // A per cent sign that encodes nothing: the password stands there as it is.
    return [raw];
  }
}

function maskerOf(forms: readonly SecretForm[]): (text: string, before: string) => string {
  if (forms.length === 0) return (text) => text;
  const alternatives = [...forms]
    .sort((a, b) => b.text.length - a.text.length)
    .map(({ text, isBase64 }) => `${escapePattern(text)}${isBase64 ? "[\\w+/-]?={0,2}" : ""}`);
  const whole = new RegExp(alternatives.join("|"), "g");
  const torn = new TornSecrets(forms.map(({ text }) => text));
  return (text, before) => {
    const { atStart, atEnd } = torn.find(text, before);
    const found = [...text.matchAll(whole)].map(({ index, 0: { length } }) => ({
      from: index,
      to: index + length,
    }));
    if (atStart > 0) found.unshift({ from: 0, to: atStart });
    if (atEnd > 0) found.push({ from: text.length - atEnd, to: text.length });
    return found.length === 0 ? text : maskRanges(text, found);
  };
}

type Range = { from: number; to: number };

/** The text with each range masked, those that overlap as one. */
function maskRanges(text: string, ranges: readonly Range[]): string {
  let masked = "";
  let end = 0;
  for (const { from, to } of ranges.toSorted((a, b) => a.from - b.from)) {
    if (from >= end) masked += `${text.slice(end, from)}${MASK}`;
    end = Math.max(end, to);
  }
  return masked + text.slice(end);
}

function maskPatterns(text: string): string {
  return text
    .replace(CONNECTION_URL, `$1${MASK}@`)
    .replace(KEYWORD, `$1${MASK}`)
    .replace(AWS_SECRET, `$1${MASK}`)
    .replace(AWS_KEY_ID, MASK);
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
