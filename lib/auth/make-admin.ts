import { writeAudit } from "@/lib/audit/write-audit";
import { emailSchema } from "@/lib/contracts/auth";
import type { Db, DbOrTransaction } from "@/lib/db";
import { createPasswordAccount, setPassword } from "./create-person";
import { nobody } from "./permissions";

/** Who acts at a start or at the command line: whoever runs the server. */
const OPERATING_SYSTEM = { ...nobody({ address: null, userAgent: null }), name: "the server's own command" };

/** Taken while the first admin is looked for, so that two processes that start at once make one. */
const LOCK = 7_211_540;

/**
 * Makes somebody an admin with that password, whether they had an account or not: for whoever may run commands
 * on the server, also to get back in. Sessions of an account that was there end.
 */
export async function makeAdmin(
  db: Db,
  { email, name, password }: { email: string; name?: string; password: string },
): Promise<{ personId: string; wasThere: boolean }> {
  return db.$transaction((transaction) => makeAdminIn(transaction, { email, name, password }));
}

/** Makes the admin of the configuration where no admin can sign in; otherwise nothing is changed. */
export async function ensureFirstAdmin(
  db: Db,
  { email, password }: { email: string; password: string },
): Promise<{ made: boolean }> {
  return db.$transaction(async (transaction) => {
    await transaction.$executeRaw`select pg_advisory_xact_lock(${LOCK})`;
    if (await transaction.person.findFirst({ where: { role: "admin", disabledAt: null } }))
      return { made: false };
    await makeAdminIn(transaction, { email, password });
    return { made: true };
  });
}

async function makeAdminIn(
  db: DbOrTransaction,
  { email: given, name, password }: { email: string; name?: string; password: string },
): Promise<{ personId: string; wasThere: boolean }> {
  const email = emailSchema.parse(given);
  const known = await db.person.findUnique({ where: { email } });
  const personId = known
    ? known.id
    : (await createPasswordAccount(db, { email, name: name ?? nameOf(email), password, role: "admin" })).id;
  if (known) {
    await db.person.update({
      where: { id: personId },
      data: { role: "admin", disabledAt: null, disabledBy: null, disabledReason: null, emailVerified: true },
    });
    await setPassword(db, { personId, password });
  }
  await writeAudit(db, {
    actor: OPERATING_SYSTEM,
    action: "person.change-role",
    target: email,
    params: { role: "admin" },
    result: "accepted",
    message: known ? "with a new password" : "a new account",
  });
  return { personId, wasThere: known !== null };
}

/** `ann.lee@team.example` is called Ann Lee until she says otherwise. */
function nameOf(email: string): string {
  const words = (email.split("@")[0] ?? "").split(/[._-]+/).filter(Boolean);
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(" ") || email;
}
