import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

// Neither the build's own products nor what no build reads.
const IGNORED_FOLDERS = new Set([
  "node_modules",
  "dist",
  "docs",
  "e2e",
  "scripts",
  "test-results",
  "playwright-report",
  "lib/generated",
  "sandbox/ingestion",
  "sandbox/dbt",
  "sandbox/ml",
]);
const IGNORED_FILES = /^\.|^next-env\.d\.ts$|\.tsbuildinfo$|\.test\.tsx?$|\.md$|\.pyc$/;
const KEPT_SCRIPTS = ["scripts/build-bundles.mjs"];

/**
 * A hash of all that a production build is made of: contents and names, not times, so that a fresh clone
 * of the same commit gives the same.
 * @param {string} root
 * @returns {string} hexadecimal
 */
export function hashSources(root) {
  const hash = createHash("sha256").update(process.versions.node);
  for (const file of [...listSources(root, root), ...KEPT_SCRIPTS].sort()) {
    hash.update(`\0${file}\0`).update(readFileSync(join(root, file)));
  }
  return hash.digest("hex");
}

/** @param {string} root @param {string} folder @returns {string[]} paths relative to root */
function listSources(root, folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = relative(root, join(folder, entry.name));
    if (entry.isDirectory()) {
      return entry.name.startsWith(".") || IGNORED_FOLDERS.has(path)
        ? []
        : listSources(root, join(folder, entry.name));
    }
    return entry.isFile() && !IGNORED_FILES.test(entry.name) ? [path] : [];
  });
}
