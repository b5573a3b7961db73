const CALL =
  /\{\{-?\s*env_var\(\s*(["'])(?<name>\w+)\1\s*(?:,\s*(["'])(?<fallback>[^"']*)\3\s*)?\)\s*(?:\|\s*\w+(?:\(\))?\s*)*-?\}\}/g;

/**
 * A profile's text with each Jinja `env_var('NAME', 'default')` replaced by its value; filters such as
 * `as_number` change nothing in a text. Null for any other Jinja, and for a variable that is not set.
 */
export function renderEnvVars(text: string, env: Record<string, string>): string | null {
  let isKnown = true;
  const rendered = text.replace(CALL, (...parts) => {
    const { name = "", fallback } = parts.at(-1) as { name?: string; fallback?: string };
    const value = env[name] ?? fallback;
    if (value === undefined) isKnown = false;
    return value ?? "";
  });
  return isKnown && !/\{[{%#]/.test(rendered) ? rendered : null;
}
