import type { Role } from "@/lib/contracts/roles";

/** What each role is called, what it adds to the one before it, and what it lets a person do in all. */
export const ROLE_WORDS: Record<Role, { label: string; adds: string; you: string }> = {
  viewer: {
    label: "Viewer",
    adds: "Looks at everything, changes nothing",
    you: "You look at everything and change nothing.",
  },
  operator: {
    label: "Operator",
    adds: "Also runs, cancels, waives and saves presets",
    you: "You look at everything, run, cancel, waive and save presets.",
  },
  admin: {
    label: "Admin",
    adds: "Also looks after people, tokens and the audit",
    you: "You may do everything, and look after people, tokens and the audit.",
  },
};

/** `a viewer`, `an operator`, `an admin` */
export function roleWithArticle(role: Role): string {
  return role === "viewer" ? "a viewer" : `an ${role}`;
}
