import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { ExplainedError } from "../services/explained-error.mjs";
import { isRunning, processStart } from "../services/process-identity.mjs";

/**
 * Takes the lock of a state folder for this process; one left by a process that has gone is taken over.
 * @param {string} file beside the state folder, so that it outlives a reset
 * @param {string} command what to name in messages, such as `npm run demo`
 * @returns {{ noteUrl: (url: string) => void, release: () => void }}
 * @throws {ExplainedError} when another process holds it
 */
export function takeStateLock(file, command) {
  const owner = { pid: process.pid, startedAt: processStart(process.pid) };
  mkdirSync(dirname(file), { recursive: true });
  if (!createNew(file, owner)) {
    const holder = readHolder(file);
    if (holder && isRunning(holder)) {
      throw new ExplainedError(
        `${command} already runs for this checkout${holder.url ? `: ${holder.url}` : ""}`,
        {
          why: `Process ${holder.pid} holds ${file}.`,
          todo: `Use that one, or end it with Ctrl-C in its terminal (or: kill ${holder.pid}) and run the command again.`,
        },
      );
    }
    rmSync(file, { force: true });
    if (!createNew(file, owner))
      throw new ExplainedError(`${command} was started twice at the same moment`, { todo: "Run it again." });
  }
  return {
    noteUrl: (url) => writeFileSync(file, JSON.stringify({ ...owner, url })),
    release: () => rmSync(file, { force: true }),
  };
}

/** @param {string} file @param {object} owner @returns {boolean} false when the file is there already */
function createNew(file, owner) {
  try {
    writeFileSync(file, JSON.stringify(owner), { flag: "wx" });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "EEXIST") return false;
    throw error;
  }
}

/** @param {string} file @returns {{ pid: number, startedAt?: string, url?: string } | undefined} undefined for one cut short */
function readHolder(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
