import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { ExplainedError } from "../services/explained-error.mjs";
import { findOnPath } from "../services/find-on-path.mjs";

const NODE_AT_LEAST = [20, 19];
const EXPECTED = [
  "package.json",
  "package-lock.json",
  "prisma/schema.prisma",
  "sandbox/requirements.txt",
  "next.config.js",
];

/**
 * @param {string} version as in process.versions.node
 * @returns {boolean} whether Backcourt runs on it
 */
export function nodeIsRecent(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [needMajor = 0, needMinor = 0] = NODE_AT_LEAST;
  return major > needMajor || (major === needMajor && minor >= needMinor);
}

/**
 * Fails early, and in words, on what no later step could mend.
 * @param {string} root the checkout
 * @throws {ExplainedError}
 */
export function checkCheckout(root) {
  if (process.platform !== "linux") {
    throw new ExplainedError(`This command runs on Linux, not on ${process.platform}`, {
      why: "It starts PostgreSQL from an npm package that is there for Linux only.",
      todo: "Use a Linux machine or container, or start PostgreSQL and Redis yourself and see .env.example.",
    });
  }
  if (!nodeIsRecent(process.versions.node)) {
    throw new ExplainedError(`Node ${process.versions.node} is too old`, {
      why: `Backcourt needs Node ${NODE_AT_LEAST.join(".")} or later.`,
      todo: "Install a later Node (nodejs.org, or your version manager) and run the command again.",
    });
  }
  const missing = EXPECTED.filter((file) => !existsSync(join(root, file)));
  if (missing.length > 0) {
    throw new ExplainedError("This checkout is not whole", {
      why: `Missing: ${missing.join(", ")}`,
      todo: "Clone the repository again, or restore the files with: git checkout -- .",
    });
  }
  for (const [program, hint] of [
    ["npm", "It comes with Node; on Debian's own nodejs: sudo apt-get install npm"],
    ["python3", "On Debian: sudo apt-get install python3"],
  ]) {
    if (!findOnPath([String(program)]))
      throw new ExplainedError(`${program} is missing`, { why: "It is not on PATH.", todo: hint });
  }
}

/**
 * @param {string[]} folders folders of ours, which need not exist
 * @throws {ExplainedError} when another user made one of them, and we are not root
 */
export function checkOwner(folders) {
  const uid = process.getuid?.();
  if (uid === 0) return;
  for (const folder of folders) {
    const owner = statSync(folder, { throwIfNoEntry: false })?.uid;
    if (owner === undefined || owner === uid) continue;
    throw new ExplainedError(`${folder} belongs to another user`, {
      why: `User ${owner} made it, and you are user ${uid}.`,
      todo: `Run the command as that user, or remove the folder: sudo rm -rf ${folder}`,
    });
  }
}
