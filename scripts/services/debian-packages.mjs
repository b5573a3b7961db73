import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { findOnPath } from "./find-on-path.mjs";

/** @typedef {import("./child-processes.mjs").ChildProcesses} ChildProcesses */

const APT_ENV = { ...process.env, DEBIAN_FRONTEND: "noninteractive", LC_ALL: "C" };

/** Whether this is Debian or a relative of it, where apt-get can fetch what is missing. */
export function hasApt() {
  return findOnPath(["apt-get"]) !== undefined && findOnPath(["dpkg"]) !== undefined;
}

export function isRoot() {
  return process.getuid?.() === 0;
}

/**
 * @param {string} simulation what `apt-get --simulate install` printed
 * @returns {string[]} the packages that it would install
 */
export function packagesToInstall(simulation) {
  return [...simulation.matchAll(/^Inst (\S+)/gm)].map((match) => String(match[1]));
}

/**
 * Unpacks packages, with those they need that this machine lacks, into a folder, installing nothing: an
 * ordinary user can do it too. Where the machine's package lists are absent or too old, it fetches lists
 * of its own for the moment.
 * @param {{ children: ChildProcesses, packages: string[], into: string }} options
 * @throws {import("./explained-error.mjs").ExplainedError} when apt-get or dpkg fails
 */
export async function unpackPackages({ children, packages, into }) {
  if (existsSync(into)) return;
  mkdirSync(dirname(into), { recursive: true });
  const work = mkdtempSync(`${into}.unpacking-`);
  const download = async (/** @type {string[]} */ options) => {
    const simulate = [...options, "--simulate", "install", "--no-install-recommends", ...packages];
    const names = new Set([...packages, ...packagesToInstall(await apt(children, simulate))]);
    await apt(children, [...options, "download", ...names], { cwd: work });
  };
  try {
    await download([]).catch(async (error) => {
      if (children.isStopping()) throw error;
      const options = ownLists(join(work, "apt"));
      await apt(children, [...options, "update"]);
      await download(options);
    });
    for (const file of readdirSync(work).filter((name) => name.endsWith(".deb"))) {
      await children.run({
        name: "dpkg",
        command: "dpkg",
        args: ["-x", join(work, file), join(work, "root")],
      });
    }
    moveIntoPlace(join(work, "root"), into);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** @param {string} folder @returns {string[]} options that make apt-get keep its lists in a folder of ours */
function ownLists(folder) {
  for (const name of ["lists/partial", "cache/archives/partial"])
    mkdirSync(join(folder, name), { recursive: true });
  return ["-o", `Dir::State::Lists=${join(folder, "lists")}`, "-o", `Dir::Cache=${join(folder, "cache")}`];
}

/**
 * Installs packages on the machine, as root only.
 * @param {ChildProcesses} children
 * @param {string[]} packages
 */
export async function installPackages(children, packages) {
  // RUNLEVEL=1 keeps a package from starting its service on the machine: we start our own.
  const options = { env: { RUNLEVEL: "1" } };
  const install = () => apt(children, ["install", "-y", "--no-install-recommends", ...packages], options);
  await install().catch(async (error) => {
    if (children.isStopping()) throw error;
    await apt(children, ["update"]);
    await install();
  });
}

/** @param {ChildProcesses} children @param {string[]} args @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options] */
function apt(children, args, { cwd = "/", env } = {}) {
  return children.run({ name: "apt-get", command: "apt-get", args, cwd, env: { ...APT_ENV, ...env } });
}

/**
 * Two processes may unpack the same thing at once: the first to finish wins, and the other uses its folder.
 * @param {string} from @param {string} to
 */
export function moveIntoPlace(from, to) {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!existsSync(to)) throw error;
  }
}

/** @param {string} from @param {string} to a copy that everybody may read, whatever the umask made of the original */
export function copyReadable(from, to) {
  cpSync(from, to, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (file) => !basename(file).endsWith(".a"),
  });
}
