import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

/** They lead in, and hold nothing. */
const OPEN_PAGES = ["app/join/page.tsx", "app/sign-in/page.tsx"];

const PAGES = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "--", "app"], {
  encoding: "utf8",
})
  .split("\n")
  .filter((file) => /(^|\/)page\.tsx$/.test(file));

describe("every page", () => {
  it("is found", () => {
    expect(PAGES.length).toBeGreaterThan(8);
    for (const page of OPEN_PAGES) expect(PAGES).toContain(page);
  });

  // Not a layout: it is not asked again when somebody goes from page to page.
  it.each(PAGES.filter((page) => !OPEN_PAGES.includes(page)))("%s asks first who is there", (page) => {
    const source = readFileSync(page, "utf8");
    const body = /export default async function \w+\([^)]*\) \{\s*(?<first>[^\n]*)/.exec(source)?.groups
      ?.first;
    expect(body).toContain("await requireViewer()");
  });
});
