import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * A password of this state folder, made at first use and kept in a file that only its owner can read.
 * @param {string} stateDir
 * @param {string} name
 * @returns {string} 32 hexadecimal digits, safe in URLs and SQL
 */
export function secretFor(stateDir, name) {
  const file = join(stateDir, "secrets.json");
  /** @type {Record<string, string>} */
  const secrets = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  const known = secrets[name];
  if (known) return known;
  const secret = randomBytes(16).toString("hex");
  writeFileSync(file, JSON.stringify({ ...secrets, [name]: secret }, null, 2), { mode: 0o600 });
  return secret;
}
