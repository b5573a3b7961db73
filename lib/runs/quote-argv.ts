const PLAIN = /^[A-Za-z0-9_@%+=:,./-]+$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u001f\u007f]/;

/**
 * An argument list as text that a POSIX shell would read back as the same list. For people to read and copy:
 * Backcourt itself never hands a command to a shell.
 */
export function quoteArgv(argv: readonly string[]): string {
  return argv.map(quoteArgument).join(" ");
}

function quoteArgument(argument: string): string {
  if (PLAIN.test(argument)) return argument;
  if (!CONTROL.test(argument)) return `'${argument.replaceAll("'", `'\\''`)}'`;
  // $'...' keeps a newline or an escape visible in place of letting it act on the terminal.
  const escaped = argument.replaceAll("\\", "\\\\").replaceAll("'", "\\'");
  return `$'${escaped.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: see CONTROL
    /[\u0000-\u001f\u007f]/g,
    (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`,
  )}'`;
}
