import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

/** What each folder may import of the project, by path prefix; the first matching rule counts. */
const ALLOWED: readonly [folder: string, imports: readonly string[]][] = [
  ["lib/", ["lib/"]],
  ["jobs/definitions/", ["jobs/define-job", "lib/contracts/", "lib/game-date"]],
  ["jobs/", ["jobs/", "lib/"]],
  [
    "components/",
    [
      "components/",
      "lib/contracts/",
      "lib/queries/",
      "lib/game-date",
      "lib/assert-never",
      "lib/dbt/parse-selector",
      "lib/runs/quote-argv",
      "lib/runs/run-states",
      "jobs/registry",
      "jobs/definitions/",
    ],
  ],
  ["app/api/", ["app/api/", "jobs/", "lib/"]],
  // Pages render on the server: they may read what their first paint needs.
  ["app/", ["app/", "components/", "lib/"]],
];

const FILES = execFileSync(
  "git",
  ["ls-files", "--cached", "--others", "--exclude-standard", "--", "lib", "jobs", "components", "app"],
  { encoding: "utf8" },
)
  .split("\n")
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file));

/** The project's own modules that a file imports, as paths from the root. */
function importsOf(file: string): string[] {
  const source = readFileSync(file, "utf8");
  return [...source.matchAll(/(?:from|import)\s*\(?\s*"(@\/|\.{1,2}\/)([^"]+)"/g)].map(
    ([, kind = "", path = ""]) =>
      kind === "@/" ? path : new URL(`${kind}${path}`, `file:///${file}`).pathname.slice(1),
  );
}

function violations(file: string): string[] {
  const rule = ALLOWED.find(([folder]) => file.startsWith(folder));
  if (!rule) return [];
  return importsOf(file).filter(
    (path) => !rule[1].some((prefix) => path.startsWith(prefix)) && !path.endsWith(".css"),
  );
}

describe("the import rule of ARCHITECTURE.md", () => {
  it("finds the project's files", () => {
    expect(FILES.length).toBeGreaterThan(100);
  });

  it("holds: imports point down only", () => {
    const broken = FILES.flatMap((file) => violations(file).map((path) => `${file} imports ${path}`));
    expect(broken).toEqual([]);
  });
});
