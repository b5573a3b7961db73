import { PERMISSIONS, type Permission, type Role } from "@/lib/contracts/roles";
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
  "session.end": "account",
  "token.create": "account",
  "token.revoke": "account",
  "invite.create": "people",
  "invite.revoke": "people",
  "person.change-role": "people",
  "person.disable": "people",
  "person.enable": "people",
  "person.end-sessions": "people",
} as const satisfies Record<string, Permission>;
export type Action = keyof typeof ACTION_PERMISSION;

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

/** Until there is a sign-in, the server listens on loopback only and whoever reaches it is its operator. */
const LOCAL_OPERATOR: Actor = {
  name: "local operator",
  personId: null,
  tokenId: null,
  sessionId: null,
  role: "admin",
  permissions: new Set(PERMISSIONS),
  address: null,
  userAgent: null,
};

/** Who calls. Every route passes here with the permission that it declares. */
export function authorise(permission: Permission): Actor {
  if (LOCAL_OPERATOR.permissions.has(permission)) return LOCAL_OPERATOR;
  throw new AppError("forbidden", `This needs the permission to ${permission}.`);
}
