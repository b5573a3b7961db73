import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { hasApt, installPackages, isRoot, moveIntoPlace, unpackPackages } from "./debian-packages.mjs";
import { ExplainedError } from "./explained-error.mjs";
import { findOnPath } from "./find-on-path.mjs";

/** @typedef {import("./child-processes.mjs").ChildProcesses} ChildProcesses */

const PYTHON_HINT = "Install Python 3 with venv (on Debian: sudo apt-get install python3 python3-venv).";
// The one driver that Debian can give when PyPI is out of reach; it must serve what requirements.txt asks for.
const DEBIAN_DRIVER = { package: "python3-psycopg2", module: "psycopg2" };

/**
 * A virtual environment with the requirements installed; made once for each content of the file.
 * @param {{ children: ChildProcesses, cacheDir: string, requirements: string }} options
 * @returns {Promise<string>} its python
 */
export async function ensurePython({ children, cacheDir, requirements }) {
  const python = findOnPath(["python3"]);
  if (!python)
    throw new ExplainedError("python3 is missing", {
      why: "The sandbox's ingestion is a Python program.",
      todo: PYTHON_HINT,
    });
  const version = pythonVersion(python);
  const key = createHash("sha256")
    .update(version)
    .update(readFileSync(requirements))
    .digest("hex")
    .slice(0, 12);
  const folder = join(cacheDir, `python-${key}`);
  if (existsSync(folder)) return join(folder, "bin/python");

  mkdirSync(cacheDir, { recursive: true });
  // Renamed into place when it is whole: an interrupted installation is never taken for a finished one.
  const work = mkdtempSync(`${folder}.new-`);
  try {
    await installFromPyPi({ children, python, work, requirements, cacheDir }).catch(async (cause) => {
      if (children.isStopping()) throw cause;
      await useDebianDriver({ children, work, cause });
    });
    moveIntoPlace(work, folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return join(folder, "bin/python");
}

/** @param {string} python */
function pythonVersion(python) {
  try {
    return execFileSync(python, ["-c", "import sys; print(sys.version)"], { encoding: "utf8" });
  } catch (cause) {
    throw new ExplainedError(`${python} does not run`, { cause, todo: PYTHON_HINT });
  }
}

/** @param {{ children: ChildProcesses, python: string, work: string, requirements: string, cacheDir: string }} options */
async function installFromPyPi({ children, python, work, requirements, cacheDir }) {
  const run = (/** @type {string} */ command, /** @type {string[]} */ args) =>
    children.run({ name: "python", command, args });
  const inside = join(work, "bin/python");
  const pipOptions = [
    "install",
    "--quiet",
    "--disable-pip-version-check",
    "--retries",
    "2",
    "-r",
    requirements,
  ];
  if (hasModule(python, "ensurepip")) {
    await run(python, ["-m", "venv", work]);
    await run(inside, ["-m", "pip", ...pipOptions]);
    return;
  }
  // Debian keeps ensurepip in python3-venv. Its pip, unpacked and not installed, does as well, for any user.
  await run(python, ["-m", "venv", "--without-pip", work]);
  await run(inside, [await unpackedPip(children, cacheDir), ...pipOptions]);
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
