/** Shorter ones would mask ordinary words. */
const SHORTEST_SECRET = 4;
const SHORTEST_BASE64 = 6;
/** A line of a secret of several lines. */
const SHORTEST_LINE = 8;

/** A text that gives a secret away; `isBase64` when the character behind it may hold some of its last bits. */
export type SecretForm = { text: string; isBase64: boolean };

/**
 * A secret as programs may write it: as it is, and in URLs, JSON, Python's and the shell's quotes, XML, hex and
 * base64, wherever in an encoded text it stands. Of one with several lines each longer line counts, too.
 * Nothing for a secret that is too short to be told from words.
 */
export function secretForms(secret: string): SecretForm[] {
  const whole = [secret, secret.trim()];
  const lines = whole[1]?.includes("\n")
    ? secret.split(/\r?\n/).filter((line) => line.length >= SHORTEST_LINE)
    : [];
  const forms = new Map<string, SecretForm>();
  for (const text of [...whole, ...lines].filter(({ length }) => length >= SHORTEST_SECRET)) {
    for (const written of writtenForms(text)) forms.set(written, { text: written, isBase64: false });
    for (const encoded of base64Forms(text)) forms.set(encoded, { text: encoded, isBase64: true });
  }
  return [...forms.values()];
}

function writtenForms(secret: string): string[] {
  const url = encodeURIComponent(secret.toWellFormed());
  const strictUrl = url.replace(/[!'()*]/g, percent);
  const urls = [url, strictUrl, strictUrl.replaceAll("%2F", "/"), strictUrl.replaceAll("%20", "+")];
  const json = JSON.stringify(secret).slice(1, -1);
  const hex = Buffer.from(secret).toString("hex");
  return [
    secret,
    ...urls,
    ...urls.map((text) => text.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())),
    json,
    json.replace(
      /[\u0080-\uffff]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
    ),
    secret.replaceAll("\\", "\\\\").replaceAll("'", "\\'").replaceAll("\n", "\\n"),
    secret.replaceAll("'", "'\\''"),
    secret.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;"),
    hex,
    hex.toUpperCase(),
  ];
}

/** The characters of base64 that the secret alone decides, for each of the three places that it can have in a group. */
function base64Forms(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [0, 1, 2].flatMap((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes, Buffer.alloc(3)]).toString("base64");
    const form = encoded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
    if (form.length < SHORTEST_BASE64) return [];
    return [form, form.replaceAll("+", "-").replaceAll("/", "_")];
  });
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
