import type { Db } from "@/lib/db";
import { EnvironmentError } from "@/lib/env";
import { DEMO_DOMAIN } from "./demo-domain";
import { ensureFirstAdmin } from "./make-admin";

type PreparePeople = {
  db: Db;
  /** True only for the demo and for development on one's own machine. */
  demo: boolean;
  production: boolean;
  admin: { email: string; password: string } | null;
  onMade(email: string): void;
};

/**
 * What is looked at once when the web starts: no account of the demo, whose password was on somebody's screen,
 * is of use in production; and the first admin of the configuration is there.
 * @throws EnvironmentError when an account of the demo could sign in
 */
export async function preparePeople({ db, demo, production, admin, onMade }: PreparePeople): Promise<void> {
  if (production && !demo) await refuseDemoAccounts(db);
  if (admin === null) return;
  const { made } = await ensureFirstAdmin(db, admin);
  if (made) onMade(admin.email);
}

async function refuseDemoAccounts(db: Db): Promise<void> {
  const found = await db.person.findFirst({
    where: { email: { endsWith: `@${DEMO_DOMAIN}` }, disabledAt: null },
  });
  if (!found) return;
  throw new EnvironmentError([
    `DATABASE_URL names a database with an account of the demo, ${found.email}, which must not be able to sign in here. Use a database of your own, or disable the account.`,
  ]);
}
