import { chownSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { excerptOf } from "./child-processes.mjs";
import { ExplainedError } from "./explained-error.mjs";
import { findFreePort } from "./ports.mjs";
import { findPostgresPlace, makeServerFolder } from "./postgres-place.mjs";
import { processStart } from "./process-identity.mjs";
import { secretFor } from "./secrets.mjs";

/** @typedef {import("./postgres-place.mjs").Place} Place */

const START_TIMEOUT_MS = 30_000;
const PORT_TRIES = 5;
const WRONG_PASSWORD = "28P01";
const SETTINGS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "100",
  jit: "off",
  timezone: "UTC",
  log_timezone: "UTC",
};

/**
 * The PostgreSQL of npm on loopback, its data in the state folder (made at first use).
 * @param {object} options
 * @param {import("./child-processes.mjs").ChildProcesses} options.children
 * @param {string} options.stateDir
 * @param {number} [options.port] preferred; 0 for any
 * @param {boolean} [options.durable] false for tests, which gain speed from losing data on a power cut
 * @returns {Promise<{ adminUrl: string, port: number, place: Place, stop: () => Promise<void> }>}
 */
export async function startPostgres({ children, stateDir, port = 0, durable = true }) {
  const place = findPostgresPlace(stateDir);
  const password = secretFor(stateDir, "postgres");
  const dataDir = join(place.home, "postgres");
  await initialise({ children, place, dataDir, password, durable });
  await clearStalePid(dataDir);

  const settings = durable
    ? { ...SETTINGS, shared_buffers: "256MB" }
    : {
        ...SETTINGS,
        shared_buffers: "128MB",
        fsync: "off",
        synchronous_commit: "off",
        full_page_writes: "off",
      };
  for (let attempt = 1, preferred = port; ; attempt++) {
    const freePort = await findFreePort(preferred);
    const child = children.start({
      name: "postgres",
      command: join(place.native, "bin/postgres"),
      args: [
        "-D",
        dataDir,
        "-c",
        `port=${freePort}`,
        ...Object.entries(settings).flatMap(([key, value]) => ["-c", `${key}=${value}`]),
      ],
      cwd: dataDir,
      uid: place.uid,
      gid: place.gid,
      stage: 0,
      // Fast shutdown: sessions are ended, nothing is lost.
      stopSignal: "SIGINT",
    });
    const adminUrl = `postgresql://postgres:${password}@127.0.0.1:${freePort}/postgres`;
    if (await becomesReady(child, adminUrl)) return { adminUrl, port: freePort, place, stop: child.stop };
    await child.stop();

    const log = excerptOf(child.logFile);
    // The port was free a moment ago: somebody else was quicker.
    if (!/could not bind|in use/.test(log) || attempt === PORT_TRIES || children.isStopping()) {
      throw new ExplainedError("PostgreSQL did not start", {
        why: `\n${log}\n(whole log: ${child.logFile})`,
        todo: "If its data are damaged, start afresh with --reset.",
      });
    }
    preferred = port === 0 ? 0 : freePort + 1;
    await sleep(200);
  }
}

/** @param {{ children: import("./child-processes.mjs").ChildProcesses, place: Place, dataDir: string, password: string, durable: boolean }} options */
async function initialise({ children, place, dataDir, password, durable }) {
  if (existsSync(join(dataDir, "PG_VERSION"))) return;
  // Made under another name first, so that an interrupted start leaves no half-made data folder.
  const work = `${dataDir}.new`;
  const passwordFile = join(place.home, "postgres-password");
  rmSync(work, { recursive: true, force: true });
  makeServerFolder(place, work);
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (place.uid !== undefined && place.gid !== undefined) chownSync(passwordFile, place.uid, place.gid);
  try {
    await children.run({
      name: "initdb",
      command: join(place.native, "bin/initdb"),
      args: [
        ...["--pgdata", work, "--username", "postgres", "--pwfile", passwordFile, "--auth", "scram-sha-256"],
        ...[
          "--encoding",
          "UTF8",
          "--locale",
          "C",
          "--locale-provider",
          "builtin",
          "--builtin-locale",
          "C.UTF-8",
        ],
        ...(durable ? [] : ["--no-sync"]),
      ],
      cwd: work,
      uid: place.uid,
      gid: place.gid,
      stage: 0,
    });
    renameSync(work, dataDir);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/**
 * PostgreSQL takes any process of its user that has the pid of a crashed server for that server.
 * @param {string} dataDir
 */
async function clearStalePid(dataDir) {
  const file = join(dataDir, "postmaster.pid");
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, "utf8").split("\n")[0]);
  if (!isServerOf(pid, dataDir)) {
    rmSync(file, { force: true });
    return;
  }
  process.kill(pid, "SIGINT");
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (processStart(pid) !== undefined) {
    if (Date.now() > deadline) {
      throw new ExplainedError(`A PostgreSQL (process ${pid}) already runs on ${dataDir}`, {
        todo: `End it with: kill -INT ${pid}`,
      });
    }
    await sleep(50);
  }
}

/** @param {number} pid @param {string} dataDir */
function isServerOf(pid, dataDir) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").includes(dataDir);
  } catch {
    return false;
  }
}

/**
 * Waits for a real session, because the port answers before recovery has ended.
 * @param {import("./child-processes.mjs").Child} child @param {string} adminUrl
 * @returns {Promise<boolean>} false when the server ended instead
 */
async function becomesReady(child, adminUrl) {
  const { default: pg } = await import("pg");
  let ended = false;
  child.exited
    .finally(() => {
      ended = true;
    })
    .catch(() => {});
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!ended && Date.now() < deadline) {
    const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 2000 });
    client.on("error", () => {});
    try {
      await client.connect();
      await client.end();
      return true;
    } catch (error) {
      if (/** @type {{ code?: string }} */ (error).code === WRONG_PASSWORD) {
        await child.stop();
        throw new ExplainedError("PostgreSQL's data are of another password than the one kept beside them", {
          why: "secrets.json of the state folder was removed or replaced.",
          todo: "Restore it, or start afresh with --reset.",
        });
      }
      await sleep(30);
    }
  }
  return false;
}
