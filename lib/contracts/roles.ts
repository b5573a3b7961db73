import { z } from "zod";

/** Everything that a route can ask for. */
export const PERMISSIONS = ["look", "account", "run", "waive", "people", "audit"] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** From the least to the most. */
export const ROLES = ["viewer", "operator", "admin"] as const;
export const roleSchema = z.enum(ROLES);
export type Role = z.infer<typeof roleSchema>;

/** What each role may do: a viewer looks, an operator runs, an admin looks after people too. */
export const ROLE_PERMISSIONS: Record<Role, ReadonlySet<Permission>> = {
  viewer: new Set(["look", "account"]),
  operator: new Set(["look", "account", "run", "waive"]),
  admin: new Set(PERMISSIONS),
};

/**
 * What is left to people who have signed in, whatever the role of a token: who has found one must not be able to
 * make it last, by another token, an invite, or a link for its person's password.
 */
export const SIGNED_IN_ONLY: ReadonlySet<Permission> = new Set(["account", "people"]);

/** The lesser of two roles: what a person's token may do at most. */
export function lesserRole(a: Role, b: Role): Role {
  return ROLES.indexOf(a) <= ROLES.indexOf(b) ? a : b;
}
