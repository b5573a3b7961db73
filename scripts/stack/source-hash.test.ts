import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hashSources } from "./source-hash.mjs";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "backcourt-"));
  for (const folder of ["app", "docs", "scripts", "node_modules/pg", "sandbox/dbt/target"])
    mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, "app/page.tsx"), "export default 1;");
  writeFileSync(join(root, "scripts/build-bundles.mjs"), "");
});
afterEach(() => rmSync(root, { recursive: true }));

describe("hashSources", () => {
  it("is the same for a copy made later", () => {
    const copy = `${root}-copy`;
    cpSync(root, copy, { recursive: true });
    expect(hashSources(copy)).toBe(hashSources(root));
    rmSync(copy, { recursive: true });
  });

  it.each([
    ["changes with a source", "app/page.tsx", false],
    ["changes with a new file", "app/new.ts", false],
    ["ignores tests", "app/page.test.tsx", true],
    ["ignores documents", "docs/page.html", true],
    ["ignores the dbt project, into which dbt itself writes", "sandbox/dbt/target/manifest.json", true],
    ["ignores packages, which the lock file stands for", "node_modules/pg/index.js", true],
  ])("%s", (_name, file, same) => {
    const before = hashSources(root);
    writeFileSync(join(root, file), "export default 2;");
    expect(hashSources(root) === before).toBe(same);
  });
});
