import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { WorkerChanges } from "@/e2e/stack/start-stack";

const BLOCK = Buffer.alloc(4_096);

/**
 * A file system of its own for a worker's state folder, so small that a test can fill it. It lives in the
 * worker's own mount namespace (a user namespace too where we are not root) and goes with the worker.
 */
export function createTinyDisk(size: string) {
  const folder = mkdtempSync(join(tmpdir(), "backcourt-disk-"));
  const asRoot = process.getuid?.() === 0;
  const mount = `mount -t tmpfs -o size=${size},mode=0700 tmpfs ${folder} && exec "$@"`;
  const changes: WorkerChanges = {
    env: { WORKER_STATE_DIR: folder },
    wrapper: ["unshare", ...(asRoot ? [] : ["--map-root-user"]), "--mount", "sh", "-c", mount, "sh"],
  };
  const fillerOf = (pid: number) => join(`/proc/${pid}/root`, folder, "filler");
  return {
    changes,
    /** Leaves no byte of room, as seen by the worker `pid`. */
    fill(pid: number): void {
      for (;;) {
        try {
          appendFileSync(fillerOf(pid), BLOCK);
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code === "ENOSPC") return;
          throw error;
        }
      }
    },
    empty: (pid: number) => rmSync(fillerOf(pid)),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
