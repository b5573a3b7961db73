import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { hashSources } from "./source-hash.mjs";

/** @typedef {{ root: string, children: import("../services/child-processes.mjs").ChildProcesses, env: NodeJS.ProcessEnv }} Build */

const CLIENT = "lib/generated/prisma";
const PRODUCTS = [
  `${CLIENT}/client.ts`,
  "dist/worker.mjs",
  "dist/supervisor.cjs",
  "dist/sandbox/seed.mjs",
  ".next/BUILD_ID",
];

/**
 * The Prisma client, the bundles and the production build of the web, each unless it was made of the same
 * sources before.
 * @param {Build & { detail?: (text: string) => void }} options
 */
export async function buildApp({ detail = () => {}, ...build }) {
  const stamp = join(build.root, ".backcourt/cache/build.json");
  const hash = hashSources(build.root);
  if (isBuilt(build.root, stamp, hash)) {
    detail("unchanged");
    return;
  }
  rmSync(stamp, { force: true });
  await generateClient(build);
  await buildBundles(build);
  await runNode(build, "next-build", ["node_modules/next/dist/bin/next", "build"], {
    NODE_ENV: "production",
  });
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, JSON.stringify({ hash, buildId: readBuildId(build.root) }));
}

/**
 * The Prisma client, unless it was made of the same schema: tests that run at this moment may import it.
 * @param {Build} build
 */
export async function generateClient(build) {
  const stamp = join(build.root, ".backcourt/cache/prisma-client");
  const wanted = createHash("sha256")
    .update(readFileSync(join(build.root, "prisma/schema.prisma")))
    .update(readFileSync(join(build.root, "package-lock.json")))
    .digest("hex");
  const isCurrent = existsSync(join(build.root, CLIENT, "client.ts")) && existsSync(stamp);
  if (isCurrent && readFileSync(stamp, "utf8") === wanted) return;
  await runNode(build, "prisma-generate", ["scripts/prisma.mjs", "generate"]);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}

/** @param {Build} build */
export async function buildBundles(build) {
  await runNode(build, "build-bundles", ["scripts/build-bundles.mjs"]);
}

/** @param {Build} build @param {string} name @param {string[]} args @param {NodeJS.ProcessEnv} [extra] */
async function runNode({ root, children, env }, name, args, extra) {
  await children.run({ name, command: process.execPath, args, cwd: root, env: { ...env, ...extra } });
}

/** @param {string} root @param {string} stamp @param {string} hash */
function isBuilt(root, stamp, hash) {
  if (!existsSync(stamp) || !PRODUCTS.every((file) => existsSync(join(root, file)))) return false;
  const built = JSON.parse(readFileSync(stamp, "utf8"));
  // Somebody may have run `next build` on other sources since: its id differs from the one noted here.
  return built.hash === hash && built.buildId === readBuildId(root);
}

/** @param {string} root */
function readBuildId(root) {
  return readFileSync(join(root, ".next/BUILD_ID"), "utf8");
}
