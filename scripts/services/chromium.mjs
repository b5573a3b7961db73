import { accessSync, constants } from "node:fs";
import { hasApt, installPackages, isRoot } from "./debian-packages.mjs";
import { ExplainedError } from "./explained-error.mjs";
import { findOnPath } from "./find-on-path.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/**
 * A Chromium for the end-to-end tests; as root on Debian it is installed when there is none.
 * @param {{ children: import("./child-processes.mjs").ChildProcesses, chromiumPath?: string }} options
 * @returns {Promise<string>} its path
 */
export async function ensureChromium({ children, chromiumPath }) {
  if (chromiumPath) return checkGiven(chromiumPath);
  if (!findOnPath(NAMES) && isRoot() && hasApt()) await installPackages(children, ["chromium"]);
  const found = findOnPath(NAMES);
  if (found) return found;
  throw new ExplainedError("Chromium is missing", {
    why: `The end-to-end tests need a browser, and none of ${NAMES.join(", ")} is on PATH.`,
    todo: "Install one (on Debian: sudo apt-get install chromium), or name it in CHROMIUM_PATH.",
  });
}

/** @param {string} file */
function checkGiven(file) {
  try {
    accessSync(file, constants.X_OK);
    return file;
  } catch (cause) {
    throw new ExplainedError(`CHROMIUM_PATH names ${file}, which cannot be run`, {
      cause,
      todo: "Correct CHROMIUM_PATH or unset it.",
    });
  }
}
