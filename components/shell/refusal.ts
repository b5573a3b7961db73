import type { Permission } from "@/lib/contracts/roles";
import { showToast } from "./toast";
import { useViewerOrNull } from "./viewer-provider";

const NEEDS: Record<Permission, string> = {
  look: "Needs a person who may look",
  account: "Needs an account",
  run: "Needs an operator",
  waive: "Needs an operator",
  people: "Needs an admin",
  audit: "Needs an admin",
};

/** Why the person at the screen may not do it, in words; null when they may. The server decides in the end. */
export function useRefusal(permission: Permission): string | null {
  const viewer = useViewerOrNull();
  if (viewer === null || viewer.permissions.includes(permission)) return null;
  return viewer.email === "" ? "Not possible while the database is away" : NEEDS[permission];
}

/** Tells it where there is no button that could: on a touch screen, or after a key. */
export function tellRefusal(refusal: string): void {
  void showToast({ message: `${refusal}. An admin can change your role.` });
}

/** What makes a button say why it does nothing, and stay within the keyboard's reach. */
export function refusedAttributes(refusal: string) {
  return {
    "aria-disabled": true,
    "data-disabled": true,
    "data-refused": true,
    title: refusal,
    onClick: () => tellRefusal(refusal),
  } as const;
}
