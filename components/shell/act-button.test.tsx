import { MantineProvider } from "@mantine/core";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import type { Viewer } from "@/lib/contracts/auth";
import { type Permission, ROLE_PERMISSIONS, type Role } from "@/lib/contracts/roles";
import { ActButton } from "./act-button";
import { ViewerProvider } from "./viewer-provider";

function viewerOf(role: Role): Viewer {
  return { name: "Ada", email: "ada@example.com", role, permissions: [...ROLE_PERMISSIONS[role]] };
}

function markup(viewer: Viewer | null, needs: Permission): string {
  return renderToStaticMarkup(
    <MantineProvider>
      <ViewerProvider viewer={viewer}>
        <ActButton needs={needs}>Backfill…</ActButton>
      </ViewerProvider>
    </MantineProvider>,
  );
}

describe("a button for what not everybody may do", () => {
  const CASES: [role: Role, needs: Permission, refusal: string | null][] = [
    ["viewer", "look", null],
    ["viewer", "run", "Needs an operator"],
    ["viewer", "waive", "Needs an operator"],
    ["viewer", "people", "Needs an admin"],
    ["operator", "run", null],
    ["operator", "waive", null],
    ["operator", "audit", "Needs an admin"],
    ["admin", "people", null],
  ];
  it.each(CASES)("%s, %s: %s", (role, needs, refusal) => {
    const html = markup(viewerOf(role), needs);
    expect(html).toContain("Backfill…");
    if (refusal === null) expect(html).not.toContain("aria-disabled");
    else expect(html).toMatch(new RegExp(`aria-disabled="true".*title="${refusal}"`));
    // It stays within the keyboard's reach, so that its reason can be read.
    expect(html).not.toMatch(/ disabled=/);
  });

  it("blames nobody's role while the database does not say who is there", () => {
    const away: Viewer = { name: "Not known now", email: "", role: "viewer", permissions: ["look"] };
    expect(markup(away, "run")).toContain("Not possible while the database is away");
  });
});
