import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

/** The files that `file` imports for more than their types. */
function importsOf(file: string): string[] {
  const source = readFileSync(file, "utf8");
  const imports = source.matchAll(/^(?:import|export)\s+(?!type\b)[^"]*"(@\/|\.{1,2}\/|[^".]+)([^"]*)"/gm);
  return [...imports].flatMap(([, kind = "", path = ""]) => {
    if (kind === "@/") return [resolve(path)];
    if (kind.startsWith("."))
      return [resolve(new URL(`${kind}${path}`, `file:///${file}`).pathname.slice(1))];
    return [`${kind}${path}`];
  });
}

function resolve(path: string): string {
  const found = ["", ".ts", ".tsx", "/index.ts"]
    .map((end) => `${path}${end}`)
    .find((file) => /\.tsx?$/.test(file) && existsSync(file));
  return found ?? path;
}

/** Everything that is loaded from the given files on. */
function loadedFrom(entries: readonly string[]): Set<string> {
  const loaded = new Set<string>();
  const waiting = [...entries];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (loaded.has(file)) continue;
    loaded.add(file);
    if (existsSync(file) && /\.tsx?$/.test(file)) waiting.push(...importsOf(file));
  }
  return loaded;
}

/** The web's routes and pages. */
function entriesOfWeb(): string[] {
  const routes = execFileSync(
    "git",
    ["ls-files", "--cached", "--others", "--exclude-standard", "--", "app"],
    {
      encoding: "utf8",
    },
  )
    .split("\n")
    .filter((file) => /\.tsx?$/.test(file) && existsSync(file));
  return ["instrumentation.ts", ...routes];
}

describe("the web process", () => {
  const loaded = loadedFrom(entriesOfWeb());

  it("is followed through its imports", () => {
    expect(loaded).toContain("lib/dashboard/get-dashboard-view.ts");
    expect(loaded).toContain("pg");
    expect(loaded.size).toBeGreaterThan(150);
  });

  it("leaves AWS to the worker, which does load it", () => {
    expect(loadedFrom(["jobs/worker/main.ts"])).toContain("@aws-sdk/client-ecs");
  });

  it("never loads AWS's SDK, nor the worker", () => {
    const forbidden = [...loaded].filter((file) =>
      /^@aws-sdk\/|^@smithy\/|^lib\/aws\/|^jobs\/worker\//.test(file),
    );
    expect(forbidden).toEqual([]);
  });
});
