import { type Permission, type Role, SIGNED_IN_ONLY } from "@/lib/contracts/roles";
import { AppError } from "@/lib/errors";

/** What a mutating route does, as the audit names it, and the permission that it takes. */
export const ACTION_PERMISSION = {
  "run.create": "run",
  "run.cancel": "run",
  "waiver.create": "waive",
  "waiver.revoke": "waive",
  "dbt-preset.create": "run",
  "dbt-preset.delete": "run",
  "password.change": "account",
  "session.sign-out": "account",
  "session.end": "account",
  "token.create": "account",
  "token.revoke": "account",
  "invite.create": "people",
  "invite.revoke": "people",
  "person.change-role": "people",
  "person.disable": "people",
  "person.enable": "people",
  "person.end-sessions": "people",
  "person.reset-password": "people",
} as const satisfies Record<string, Permission>;
export type Action = keyof typeof ACTION_PERMISSION;

/** What somebody without a session may try to change; audited like every other act. */
export const OPEN_ACTIONS = ["session.sign-in", "invite.accept"] as const;
export type OpenAction = (typeof OPEN_ACTIONS)[number];

/** Looks whose refusal is audited too, as the audit names them. */
export const READ_ACTION: Partial<Record<Permission, string>> = {
  people: "people.look",
  audit: "audit.look",
};

/** Who acts: a signed-in person, or a token of theirs, with where the request came from. */
export type Actor = {
  /** As the audit and the screens name them. */
  name: string;
  personId: string | null;
  tokenId: string | null;
  sessionId: string | null;
  role: Role;
  permissions: ReadonlySet<Permission>;
  /** The network address, and what the client calls itself. */
  address: string | null;
  userAgent: string | null;
};

/** Somebody who has shown neither session nor token; only open routes hand on such an actor. */
export function nobody(from: Pick<Actor, "address" | "userAgent">): Actor {
  return {
    name: "unknown",
    personId: null,
    tokenId: null,
    sessionId: null,
    role: "viewer",
    permissions: new Set(),
    ...from,
  };
}

/** The actor again, when they may. @throws AppError `forbidden` */
export function assertPermitted(actor: Actor, permission: Permission): Actor {
  if (actor.permissions.has(permission)) return actor;
  if (actor.tokenId !== null && SIGNED_IN_ONLY.has(permission))
    throw new AppError("forbidden", "A token cannot do this, whatever its role: sign in.");
  const asWhom = actor.tokenId === null ? "You are signed in as" : "This token is that of";
  throw new AppError("forbidden", `${NEEDS[permission]} ${asWhom} ${withArticle(actor.role)}.`);
}

const NEEDS: Record<Permission, string> = {
  look: "This needs a person who may look.",
  account: "This needs a person who has signed in.",
  run: "This needs an operator.",
  waive: "This needs an operator.",
  people: "This needs an admin.",
  audit: "This needs an admin.",
};

function withArticle(role: Role): string {
  return role === "viewer" ? "a viewer" : `an ${role}`;
}
