const PLAIN = /^[A-Za-z0-9_@%+=:,./-]+$/;

/** An argument array as a person would type it in a shell; for reading and copying, never for executing. */
export function formatArgv(argv: readonly string[]): string {
  return argv.map((word) => (PLAIN.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(" ");
}
