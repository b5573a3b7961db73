import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { excerptOf } from "./child-processes.mjs";
import { hasApt, installPackages, isRoot, unpackPackages } from "./debian-packages.mjs";
import { ExplainedError } from "./explained-error.mjs";
import { findOnPath } from "./find-on-path.mjs";
import { findFreePort } from "./ports.mjs";
import { secretFor } from "./secrets.mjs";

const SERVERS = ["redis-server", "valkey-server"];
const START_TIMEOUT_MS = 15_000;
const INSTALL_HINT =
  "Install Redis (on Debian: sudo apt-get update && sudo apt-get install redis-server), or set REDIS_URL to one that runs.";

/**
 * Where Redis may come from on this machine, in the order to try.
 * @param {{ redisUrl?: string, onPath?: string, apt: boolean, root: boolean }} machine
 * @returns {("given" | "path" | "unpack" | "install")[]}
 */
export function waysToRedis({ redisUrl, onPath, apt, root }) {
  if (redisUrl) return ["given"];
  if (onPath) return ["path"];
  if (!apt) return [];
  return root ? ["unpack", "install"] : ["unpack"];
}

/**
 * A Redis on loopback, from the first source that works; one given by `redisUrl` is used as it is.
 * @param {object} options
 * @param {import("./child-processes.mjs").ChildProcesses} options.children
 * @param {string} options.stateDir its data, password and configuration
 * @param {string} options.cacheDir where an unpacked server is kept
 * @param {string} [options.redisUrl]
 * @param {number} [options.port] preferred; 0 for any
 * @param {boolean} [options.persistent] keep the data over a restart
 * @returns {Promise<{ url: string, port: number, source: string, stop: () => Promise<void> }>}
 */
export async function startRedis({ children, stateDir, cacheDir, redisUrl, port = 0, persistent = false }) {
  const ways = waysToRedis({ redisUrl, onPath: findOnPath(SERVERS), apt: hasApt(), root: isRoot() });
  if (ways[0] === "given") return connectToGiven(String(redisUrl));
  const server = await findServer(ways, children, cacheDir);

  const dataDir = join(stateDir, "redis");
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const password = secretFor(stateDir, "redis");
  const freePort = await findFreePort(port);
  const config = join(dataDir, "redis.conf");
  // The password goes through a file of ours: on the command line every user of the machine could read it.
  writeFileSync(config, redisConfig({ port: freePort, dataDir, password, persistent }), { mode: 0o600 });

  const child = children.start({
    name: "redis",
    command: server.file,
    args: [config],
    cwd: dataDir,
    env: server.env,
    stage: 0,
  });
  let ended = false;
  child.exited
    .finally(() => {
      ended = true;
    })
    .catch(() => {});
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!ended && Date.now() < deadline) {
    if ((await ping(freePort, password))?.startsWith("+PONG")) {
      const url = `redis://:${password}@127.0.0.1:${freePort}`;
      return { url, port: freePort, source: server.source, stop: child.stop };
    }
    await sleep(15);
  }
  await child.stop();
  throw new ExplainedError("Redis did not start", {
    why: `\n${excerptOf(child.logFile)}`,
    todo: INSTALL_HINT,
  });
}

/** @param {{ port: number, dataDir: string, password: string, persistent: boolean }} options */
function redisConfig({ port, dataDir, password, persistent }) {
  return [
    "bind 127.0.0.1",
    `port ${port}`,
    `dir "${dataDir}"`,
    `requirepass ${password}`,
    "daemonize no",
    "maxmemory-policy noeviction",
    `appendonly ${persistent ? "yes" : "no"}`,
    'save ""',
    "",
  ].join("\n");
}

/** @param {string} redisUrl */
async function connectToGiven(redisUrl) {
  const { hostname, port } = new URL(redisUrl);
  if ((await ping(Number(port || 6379), undefined, hostname)) === undefined) {
    throw new ExplainedError(`No Redis answers at ${hostname}:${port || 6379}`, {
      why: "REDIS_URL is set, so that Redis is used and none is started.",
      todo: "Start it, correct REDIS_URL, or unset REDIS_URL to have one started here.",
    });
  }
  return { url: redisUrl, port: Number(port || 6379), source: "REDIS_URL", stop: async () => {} };
}

/** @param {ReturnType<typeof waysToRedis>} ways @param {import("./child-processes.mjs").ChildProcesses} children @param {string} cacheDir */
async function findServer(ways, children, cacheDir) {
  let cause;
  for (const way of ways) {
    try {
      if (way === "unpack") return await unpackedServer(children, join(cacheDir, "redis"));
      if (way === "install") await installPackages(children, ["redis-server"]);
      const file = findOnPath(SERVERS);
      if (file) return { file, env: process.env, source: file };
    } catch (error) {
      if (children.isStopping()) throw error;
      cause = error;
    }
  }
  throw new ExplainedError("Redis is missing", {
    why:
      cause instanceof ExplainedError
        ? `${cause.message}: ${cause.why}`
        : "There is no redis-server or valkey-server on PATH, and no apt-get to fetch one.",
    todo: INSTALL_HINT,
  });
}

/** @param {import("./child-processes.mjs").ChildProcesses} children @param {string} into */
async function unpackedServer(children, into) {
  await unpackPackages({ children, packages: ["redis-server", "redis-tools"], into });
  const libraries = ["usr/lib", "lib"]
    .map((folder) => join(into, folder))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => [folder, ...readdirSync(folder).map((name) => join(folder, name))]);
  const env = { ...process.env, LD_LIBRARY_PATH: libraries.join(":") };
  return { file: join(into, "usr/bin/redis-server"), env, source: "Debian's package, unpacked" };
}

/** @param {number} port @param {string} [password] @param {string} [host] @returns {Promise<string | undefined>} the last reply; undefined when nothing answers */
function ping(port, password, host = "127.0.0.1") {
  return new Promise((resolve) => {
    const socket = connect({ port, host });
    const finish = (/** @type {string | undefined} */ reply) => {
      socket.destroy();
      resolve(reply);
    };
    socket.setTimeout(2000, () => finish(undefined));
    socket.once("error", () => finish(undefined));
    socket.once("connect", () => socket.write(`${password ? `AUTH ${password}\r\n` : ""}PING\r\n`));
    let text = "";
    const replies = password ? 2 : 1;
    socket.on("data", (data) => {
      text += data;
      const lines = text.split("\r\n").filter(Boolean);
      if (lines.length >= replies) finish(lines.at(-1));
    });
  });
}
