import { readFileSync } from "node:fs";
import { join } from "node:path";
import { API_ROUTES } from "@/app/api/openapi/api-routes";
import { ACTION_PERMISSION } from "@/lib/auth/permissions";
import type { Permission } from "@/lib/contracts/roles";
import type { RouteDeclaration } from "@/lib/http/define-route";
import { METHODS, type Method } from "@/lib/openapi/described-route";

/** What the build serves, as its own manifest names it: `/api/runs/[id]/route`, `/runs/page`. */
const MANIFEST: string[] = Object.keys(
  JSON.parse(
    readFileSync(join(process.env.NEXT_DIST_DIR || ".next", "server/app-paths-manifest.json"), "utf8"),
  ),
);

/** Next's own pages for what is not found or went wrong; they hold nothing of ours. */
const NEXTS_OWN = new Set(["/_not-found/page", "/_global-error/page", "/icon.svg/route"]);

const OF_BUILD = MANIFEST.filter((entry) => !NEXTS_OWN.has(entry));

export const API_PATHS = OF_BUILD.filter((entry) => entry.endsWith("/route")).map((entry) =>
  entry.replace(/\/route$/, ""),
);
export const PAGE_PATHS = OF_BUILD.filter((entry) => entry.endsWith("/page")).map(
  (entry) => entry.replace(/\/page$/, "") || "/",
);

export type Operation = {
  /** `/api/runs/[id]` */
  path: string;
  method: Method;
  declaration: RouteDeclaration;
  /** Null for the few that need no session. */
  permission: Permission | null;
};

/** Every method of every route of the interface, with what it was declared with. */
export const OPERATIONS: Operation[] = API_ROUTES.flatMap(({ path, methods }) =>
  METHODS.flatMap((method) => {
    const declaration = methods[method]?.declaration;
    if (!declaration) return [];
    return [
      {
        path: path.replace(/\{(\w+)\}/g, "[$1]"),
        method,
        declaration,
        permission: permissionOf(declaration),
      },
    ];
  }),
);

function permissionOf({ open, permission, action }: RouteDeclaration): Permission | null {
  if (open !== undefined) return null;
  return permission ?? ACTION_PERMISSION[action as keyof typeof ACTION_PERMISSION];
}

/** The path with something in each place of a parameter. */
export function filled(path: string, value = "018f0000-0000-7000-8000-00000000dead"): string {
  return path.replace(/\[(?:\.\.\.)?(\w+)\]/g, (_, name) => (name === "date" ? "2026-11-01" : value));
}
