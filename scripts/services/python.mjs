import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { hasApt, installPackages, isRoot, moveIntoPlace, unpackPackages } from "./debian-packages.mjs";
import { ExplainedError } from "./explained-error.mjs";
import { findOnPath } from "./find-on-path.mjs";

/** @typedef {import("./child-processes.mjs").ChildProcesses} ChildProcesses */

const PYTHON_HINT = "Install Python 3 with venv (on Debian: sudo apt-get install python3 python3-venv).";
export const PATIENT = ["--retries", "2"];
// With something to fall back on, a start does not wait long for a network that is away.
const HASTY = ["--retries", "0", "--timeout", "5"];
/** Names the log of the installation that has dbt too. */
const WITH_DBT = "python-with-dbt";
// The one driver that Debian can give when PyPI is out of reach; it must serve what requirements.txt asks for.
const DEBIAN_DRIVER = { package: "python3-psycopg2", module: "psycopg2" };

/**
 * @typedef {object} Wanted
 * @property {ChildProcesses} children
 * @property {string} cacheDir
 * @property {string} requirements what the ingestion needs; there is no sandbox without it
 * @property {string} dbtRequirements what dbt needs; without it the sandbox does what it can
 * @property {(text: string) => void} [detail] told when dbt is left out
 */

/**
 * A virtual environment with the requirements installed; made once for each content of the two files. Without
 * dbt, where it cannot be had, it serves until the next call, which tries again.
 * @param {Wanted} wanted
 * @returns {Promise<string>} its python; `dbtBeside` names its dbt
 */
export async function ensurePython({ children, cacheDir, requirements, dbtRequirements, detail = () => {} }) {
  const python = findOnPath(["python3"]);
  if (!python)
    throw new ExplainedError("python3 is missing", {
      why: "The sandbox's ingestion is a Python program.",
      todo: PYTHON_HINT,
    });
  const key = createHash("sha256")
    .update(pythonVersion(python))
    .update(readFileSync(requirements))
    .update(readFileSync(dbtRequirements))
    .digest("hex")
    .slice(0, 12);
  const whole = join(cacheDir, `python-${key}`);
  const withoutDbt = `${whole}-without-dbt`;
  if (existsSync(whole)) return join(whole, "bin/python");

  const isFallback = existsSync(withoutDbt);
  const install = { children, python, cacheDir };
  mkdirSync(cacheDir, { recursive: true });
  try {
    await makeEnvironment(whole, async (work) => {
      const pipOptions = isFallback ? HASTY : PATIENT;
      const files = [requirements, dbtRequirements];
      await installFromPyPi({ ...install, name: WITH_DBT, work, files, pipOptions });
      await adoptDbt({ children, work, folder: whole });
    });
    return join(whole, "bin/python");
  } catch (cause) {
    if (children.isStopping()) throw cause;
    detail(`without dbt, which could not be installed: ${join(children.logDir, WITH_DBT)}.log`);
  }
  if (!isFallback) {
    await makeEnvironment(withoutDbt, (work) =>
      installFromPyPi({
        ...install,
        name: "python",
        work,
        files: [requirements],
        pipOptions: PATIENT,
      }).catch(async (cause) => {
        if (children.isStopping()) throw cause;
        await useDebianDriver({ children, work, cause });
      }),
    );
  }
  return join(withoutDbt, "bin/python");
}

/** @param {string} python a virtual environment's @returns {string} its dbt, which need not exist */
export function dbtBeside(python) {
  return join(dirname(python), "dbt");
}

/**
 * Renamed into place when it is whole: an interrupted installation is never taken for a finished one.
 * @param {string} folder
 * @param {(work: string) => Promise<void>} make
 */
export async function makeEnvironment(folder, make) {
  const work = mkdtempSync(`${folder}.new-`);
  try {
    await make(work);
    moveIntoPlace(work, folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/**
 * Makes sure that the dbt installed in `work` runs on this Python, and can be started once `work` is `folder`:
 * pip writes the environment's place into its programs.
 * @param {{ children: ChildProcesses, work: string, folder: string }} options
 */
async function adoptDbt({ children, work, folder }) {
  const args = ["-c", "import dbt.cli.main, dbt.adapters.postgres"];
  await children.run({ name: WITH_DBT, command: join(work, "bin/python"), args });
  const program = dbtBeside(join(work, "bin/python"));
  writeFileSync(program, readFileSync(program, "utf8").replaceAll(work, folder));
}

/** @param {string} python */
export function pythonVersion(python) {
  try {
    return execFileSync(python, ["-c", "import sys; print(sys.version)"], { encoding: "utf8" });
  } catch (cause) {
    throw new ExplainedError(`${python} does not run`, { cause, todo: PYTHON_HINT });
  }
}

/**
 * A virtual environment in `work` with what the requirement files ask for.
 * @param {{ children: ChildProcesses, name: string, python: string, work: string, files: string[], cacheDir: string, pipOptions: string[] }} options
 */
export async function installFromPyPi({ children, name, python, work, files, cacheDir, pipOptions }) {
  const run = (/** @type {string} */ command, /** @type {string[]} */ args) =>
    children.run({ name, command, args });
  const inside = join(work, "bin/python");
  const install = ["install", "--quiet", "--disable-pip-version-check", ...pipOptions];
  for (const file of files) install.push("-r", file);
  if (hasModule(python, "ensurepip")) {
    await run(python, ["-m", "venv", work]);
    await run(inside, ["-m", "pip", ...install]);
    return;
  }
  // Debian keeps ensurepip in python3-venv. Its pip, unpacked and not installed, does as well, for any user.
  await run(python, ["-m", "venv", "--without-pip", work]);
  await run(inside, [await unpackedPip(children, cacheDir), ...install]);
}

/** @param {ChildProcesses} children @param {string} cacheDir @returns {Promise<string>} what python runs as pip */
async function unpackedPip(children, cacheDir) {
  if (!hasApt()) throw new ExplainedError("This Python has no ensurepip, so no pip", { todo: PYTHON_HINT });
  const into = join(cacheDir, "pip");
  await unpackPackages({ children, packages: ["python3-pip-whl"], into });
  const wheels = join(into, "usr/share/python-wheels");
  const wheel = readdirSync(wheels).find((name) => name.startsWith("pip-"));
  return join(wheels, String(wheel), "pip");
}

/** @param {{ children: ChildProcesses, work: string, cause: unknown }} options */
async function useDebianDriver({ children, work, cause }) {
  // Debian's modules belong to Debian's own python3, whichever comes first on PATH.
  const python = "/usr/bin/python3";
  if (!hasModule(python, DEBIAN_DRIVER.module) && isRoot() && hasApt()) {
    await installPackages(children, [DEBIAN_DRIVER.package]).catch(() => {});
  }
  if (!hasModule(python, DEBIAN_DRIVER.module)) {
    throw new ExplainedError("The sandbox's Python packages could not be installed", {
      why: cause instanceof ExplainedError ? `${cause.message}${cause.why ?? ""}` : String(cause),
      todo: `Make PyPI reachable, or install Debian's driver: sudo apt-get install ${DEBIAN_DRIVER.package}`,
    });
  }
  rmSync(work, { recursive: true, force: true });
  const args = ["-m", "venv", "--without-pip", "--system-site-packages", work];
  await children.run({ name: "python", command: python, args });
}

/** @param {string} python @param {string} module */
function hasModule(python, module) {
  try {
    execFileSync(python, ["-c", `import ${module}`], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
