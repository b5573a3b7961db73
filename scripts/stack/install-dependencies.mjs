import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** @typedef {{ packages?: Record<string, { version?: string, optional?: boolean, peer?: boolean }> }} Lock */

/**
 * Whether what npm installed is what the lock file asks for. npm keeps a lock file of its own in
 * node_modules and writes it last, so an interrupted installation does not look finished.
 * @param {Lock} wanted package-lock.json
 * @param {Lock} installed node_modules/.package-lock.json
 * @returns {boolean}
 */
export function isInstalled(wanted, installed) {
  const have = installed.packages ?? {};
  return Object.entries(wanted.packages ?? {}).every(([path, { version, optional }]) => {
    // Optional packages are those of other platforms too.
    return path === "" || (optional && !have[path]) || have[path]?.version === version;
  });
}

/**
 * Runs `npm ci` unless node_modules already holds what the lock file asks for.
 * @param {{ root: string, children: import("../services/child-processes.mjs").ChildProcesses, detail?: (text: string) => void }} options
 */
export async function installDependencies({ root, children, detail = () => {} }) {
  const installedLock = join(root, "node_modules/.package-lock.json");
  if (
    existsSync(installedLock) &&
    isInstalled(readLock(join(root, "package-lock.json")), readLock(installedLock))
  ) {
    detail("up to date");
    return;
  }
  await children.run({
    name: "npm-ci",
    command: "npm",
    // NODE_ENV=production in the caller's shell would leave out what the build needs.
    args: ["ci", "--include=dev", "--include=optional", "--no-audit", "--no-fund"],
    cwd: root,
    env: { ...process.env, NODE_ENV: "development" },
  });
}

/** @param {string} file @returns {Lock} */
function readLock(file) {
  return JSON.parse(readFileSync(file, "utf8"));
}
