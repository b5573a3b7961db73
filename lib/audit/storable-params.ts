/**
 * The end of a field's name whose value nobody may read in the audit; `tokenId` is none of them. `current` and
 * `next` are what the change of a password calls the two.
 */
const SECRET_FIELD =
  /(^current|^next|passwords?|passphrase|secret|token|credentials?|cookie|authorization|api[_-]?key|code)$/i;
const MASK = "***";
const MAX_CHARS = 4_000;
const MAX_DEPTH = 8;

/**
 * Text as PostgreSQL takes it, so that no input can keep its own refusal out of the audit: NUL and halves of
 * surrogate pairs, which it refuses, are replaced by U+FFFD, and what is longer than `longest` is cut.
 */
export function storableText(text: string, longest: number): string {
  const cut = text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
  return cut.replaceAll("\u0000", "\ufffd").toWellFormed();
}

/**
 * The parameters of an act as the audit keeps them: secrets masked by the names of their fields, every text
 * storable. What is longer than 4,000 characters, or deeper than any request of ours, is kept as the beginning
 * of its JSON under `cut`.
 */
export function storableParams(params: unknown): unknown {
  const masked = storable(params ?? {}, 0);
  const json = JSON.stringify(masked);
  if (json.length <= MAX_CHARS) return masked;
  return { cut: storableText(json, MAX_CHARS) };
}

function storable(value: unknown, depth: number): unknown {
  if (typeof value === "string") return storableText(value, MAX_CHARS);
  if (typeof value !== "object" || value === null) return typeof value === "bigint" ? String(value) : value;
  if (depth === MAX_DEPTH) return "…";
  if (Array.isArray(value)) return value.map((item) => storable(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      storableText(name, 100),
      SECRET_FIELD.test(name) && field !== null ? MASK : storable(field, depth + 1),
    ]),
  );
}
