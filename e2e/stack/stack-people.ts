import { createPasswordAccount, setPassword } from "@/lib/auth/create-person";
import { ROLES, type Role } from "@/lib/contracts/roles";
import { createDb } from "@/lib/db";

export type StackPerson = { email: string; name: string; password: string; role: Role };

const NAMES: Record<Role, string> = { viewer: "Vera Viewer", operator: "Oskar Operator", admin: "Ada Admin" };

/** One person of each role, with the same password on every stack. */
export const STACK_PEOPLE = Object.fromEntries(
  ROLES.map((role) => [
    role,
    { email: `${role}@backcourt.test`, name: NAMES[role], password: `${role}-password-of-tests`, role },
  ]),
) as Record<Role, StackPerson>;

/** Makes them, or gives them back their passwords on a database that has them. */
export async function createStackPeople(databaseUrl: string): Promise<void> {
  const db = createDb(databaseUrl, "stack-people");
  try {
    for (const person of Object.values(STACK_PEOPLE)) {
      const known = await db.person.findUnique({ where: { email: person.email } });
      if (known) await setPassword(db, { personId: known.id, password: person.password });
      else await createPasswordAccount(db, person);
    }
  } finally {
    await db.$disconnect();
  }
}

/** Signs in as the sign-in page does. Gives the session's cookie, as a Cookie header has it. */
export async function signInTo(url: string, { email, password }: StackPerson): Promise<string> {
  const response = await fetch(`${url}/api/auth/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: url },
    body: JSON.stringify({ email, password }),
  });
  const cookie = response.headers.getSetCookie()[0]?.split(";")[0];
  if (response.ok && cookie) return cookie;
  throw new Error(`${email} cannot sign in: ${response.status} ${await response.text()}`);
}

/** A browser's stored state in which that session's cookie is set for `url`. */
export function storageStateOf(url: string, cookie: string) {
  const equals = cookie.indexOf("=");
  return {
    cookies: [
      {
        name: cookie.slice(0, equals),
        value: cookie.slice(equals + 1),
        domain: new URL(url).hostname,
        path: "/",
        expires: -1,
        httpOnly: true,
        secure: false,
        sameSite: "Lax" as const,
      },
    ],
    origins: [],
  };
}
