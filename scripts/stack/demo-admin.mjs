const EMAIL = "admin@backcourt.local";

/**
 * The admin of the demo, made at the first start. The password is known only to whoever reads it now: a later
 * start gives none, unless a new one is asked for.
 * @param {object} options
 * @param {string} options.root
 * @param {import("../services/child-processes.mjs").ChildProcesses} options.children
 * @param {NodeJS.ProcessEnv} options.env
 * @param {string} options.consoleUrl
 * @param {boolean} options.newPassword
 * @returns {Promise<{ email: string, password: string | null }>}
 */
export async function ensureDemoAdmin({ root, children, env, consoleUrl, newPassword }) {
  /** @type {string[]} */
  const lines = [];
  await children.run({
    name: "make-admin",
    command: process.execPath,
    args: [
      "dist/make-admin.mjs",
      EMAIL,
      "--name",
      "Demo admin",
      "--json",
      ...(newPassword ? [] : ["--if-none"]),
    ],
    cwd: root,
    env: { ...env, DATABASE_URL: consoleUrl },
    output: (line) => lines.push(line),
  });
  return JSON.parse(lines.find((line) => line.startsWith("{")) ?? "");
}

/**
 * What the start prints of it.
 * @param {{ email: string, password: string | null }} admin
 * @param {string} name the command
 * @returns {string[]}
 */
export function signInLines({ email, password }, name) {
  if (password === null)
    return [`  sign in   as ${email}; npm run ${name} -- --new-password prints a new password`];
  return [`  sign in   as ${email}`, `  password  ${password}   (shown this once)`];
}
