import { AppError } from "@/lib/errors";

/** Everything that a route can ask for. Roles are sets of these. */
export const PERMISSIONS = ["look", "run", "waive"] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** What a mutating route does, as the audit names it, and the permission that it takes. */
export const ACTION_PERMISSION = {
  "run.create": "run",
  "run.cancel": "run",
  "waiver.create": "waive",
  "waiver.revoke": "waive",
  "dbt-preset.create": "run",
  "dbt-preset.delete": "run",
} as const satisfies Record<string, Permission>;
export type Action = keyof typeof ACTION_PERMISSION;

export type Actor = { name: string; permissions: ReadonlySet<Permission> };

/** Until there is a sign-in, the server listens on loopback only and whoever reaches it is its operator. */
const LOCAL_OPERATOR: Actor = { name: "local operator", permissions: new Set(PERMISSIONS) };

/** Who calls. Every route passes here with the permission that it declares. */
export function authorise(permission: Permission): Actor {
  if (LOCAL_OPERATOR.permissions.has(permission)) return LOCAL_OPERATOR;
  throw new AppError("forbidden", `This needs the permission to ${permission}.`);
}
