import { chmodSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { endLeftovers, trackChildProcesses } from "../services/child-processes.mjs";
import { removePostgresElsewhere } from "../services/postgres-place.mjs";
import { checkCheckout, checkOwner } from "./check-checkout.mjs";
import { takeStateLock } from "./state-lock.mjs";

/**
 * The state folder of a command, held by this process alone, with nothing of an earlier start running.
 * @param {{ root: string, name: "demo" | "dev", reset: boolean }} options `reset` discards all data first
 */
export async function openState({ root, name, reset }) {
  checkCheckout(root);
  const base = join(root, ".backcourt");
  const stateDir = join(base, name);
  checkOwner([base, stateDir, join(root, "node_modules"), join(root, ".next")]);
  const lock = takeStateLock(join(base, `${name}.lock`), `npm run ${name}`);
  try {
    await endLeftovers(stateDir);
    if (reset) {
      removePostgresElsewhere(stateDir);
      rmSync(stateDir, { recursive: true, force: true });
    }
    mkdirSync(stateDir, { recursive: true });
    // PostgreSQL may run as another user, who has to pass through; the secrets in it are 0600 themselves.
    for (const folder of [base, stateDir]) chmodSync(folder, 0o755);
    return { stateDir, cacheDir: join(base, "cache"), children: trackChildProcesses(stateDir), lock };
  } catch (error) {
    lock.release();
    throw error;
  }
}
