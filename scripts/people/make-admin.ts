import { parseArgs } from "node:util";
import { generatePassword } from "@/lib/auth/generate-password";
import { ensureFirstAdmin, makeAdmin } from "@/lib/auth/make-admin";
import { emailSchema } from "@/lib/contracts/auth";
import { createDb } from "@/lib/db";
import { readDatabaseUrl } from "@/lib/env";

const HELP = `Usage: npm run make-admin -- EMAIL [--name NAME]

Makes somebody an admin and prints a new password for them once. Also for who is locked out: an account that is
there gets the new password, is enabled, and is signed out everywhere. Reads DATABASE_URL.

  --name NAME   how a new account is called; the default comes from the address
  --if-none     only where no admin can sign in
  --json        prints {"email", "password"}, the latter null when nothing was changed
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    name: { type: "string" },
    "if-none": { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  },
});
const [given] = positionals;
const { data: email } = emailSchema.safeParse(given ?? "");
if (values.help || given === undefined) {
  process.stdout.write(HELP);
  process.exitCode = values.help ? 0 : 1;
} else if (email === undefined) {
  process.stderr.write(`${given} is not an e-mail address.\n`);
  process.exitCode = 1;
} else {
  const db = createDb(readDatabaseUrl(), "backcourt-make-admin");
  try {
    const password = generatePassword();
    const made = values["if-none"]
      ? (await ensureFirstAdmin(db, { email, password })).made
      : (await makeAdmin(db, { email, name: values.name, password })) !== null;
    const told = { email, password: made ? password : null };
    process.stdout.write(`${values.json ? JSON.stringify(told) : inWords(told)}\n`);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  } finally {
    await db.$disconnect();
  }
}

function inWords({ email: address, password }: { email: string; password: string | null }): string {
  return password === null
    ? "There is an admin already; nothing was changed."
    : `Sign in as ${address} with the password ${password}\nIt is shown this once. Change it on Your account.`;
}
