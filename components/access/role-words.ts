import type { Role } from "@/lib/contracts/roles";

/** What each role is called, what it adds to the one before it, lets a person do in all, and adds for a token. */
export const ROLE_WORDS: Record<Role, { label: string; adds: string; you: string; token: string }> = {
  viewer: {
    label: "Viewer",
    adds: "Looks at everything, changes nothing",
    you: "You look at everything and change nothing.",
    token: "Looks at everything, changes nothing",
  },
  operator: {
    label: "Operator",
    adds: "Also runs, cancels, waives and saves presets",
    you: "You look at everything, run, cancel, waive and save presets.",
    token: "Also runs, cancels, waives and saves presets",
  },
  admin: {
    label: "Admin",
    adds: "Also looks after people, tokens and the audit",
    you: "You may do everything, and look after people, tokens and the audit.",
    token: "Also reads the audit; people are looked after by who signs in",
  },
};

/** `a viewer`, `an operator`, `an admin` */
export function roleWithArticle(role: Role): string {
  return role === "viewer" ? "a viewer" : `an ${role}`;
}
