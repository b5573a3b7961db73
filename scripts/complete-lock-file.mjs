#!/usr/bin/env node
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { platformOf, withMissingPlatforms } from "./stack/lock-file.mjs";

const HELP = `Usage: node scripts/complete-lock-file.mjs

Run it after npm install has changed package-lock.json. npm leaves the packages of other platforms out of
the lock file when its registry does not offer them, and then refuses to \`npm ci\` from that very file.
This adds them with the versions that their dependents name; npm never downloads them on this platform.
`;

const file = fileURLToPath(new URL("../package-lock.json", import.meta.url));
if (process.argv.length > 2) {
  process.stdout.write(HELP);
} else {
  const lock = JSON.parse(readFileSync(file, "utf8"));
  const { packages, added } = withMissingPlatforms(lock.packages, platformOf);
  if (added.length > 0) writeFileSync(file, `${JSON.stringify({ ...lock, packages }, null, 2)}\n`);
  console.log(added.length > 0 ? `Added ${added.join(", ")}` : "Nothing is missing.");
}
