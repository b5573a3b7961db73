import { chmod, lstat, mkdir, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Where workers of this user keep what must outlive them, unless WORKER_STATE_DIR says otherwise. */
export function defaultStateFolder(): string {
  return join(tmpdir(), `backcourt-${process.getuid?.() ?? "worker"}`);
}

/**
 * Makes the folder, for its owner alone.
 * @throws Error where it cannot be made or is somebody else's: below a shared temporary folder anybody could
 * have put it there.
 */
export async function openStateFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  const found = await lstat(path);
  if (!found.isDirectory() || (process.getuid && found.uid !== process.getuid()))
    throw new Error(
      `${path} is no folder of the worker's own user. Set WORKER_STATE_DIR to one that is, or that can be made.`,
    );
  await chmod(path, 0o700);
  for (const each of [join(path, "runs"), workersFolderOf(path)])
    await mkdir(each, { recursive: true, mode: 0o700 });
}

/** Where workers keep files of their own, each under a name with its process's identity. */
export function workersFolderOf(stateFolder: string): string {
  return join(stateFolder, "workers");
}

/** A run's own folder: its supervisor's record, its program's files, what its log spools. */
export function runFolderOf(stateFolder: string, runId: string): string {
  return join(stateFolder, "runs", runId);
}

/** Makes a run's folder. @throws the system's error */
export async function makeRunFolder(stateFolder: string, runId: string): Promise<string> {
  const folder = runFolderOf(stateFolder, runId);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** Forgets what was kept of a run. */
export async function removeRunFolder(stateFolder: string, runId: string): Promise<void> {
  await rm(runFolderOf(stateFolder, runId), { recursive: true, force: true });
}

/** The runs of which something is kept. */
export function listRunFolders(stateFolder: string): Promise<string[]> {
  return namesIn(join(stateFolder, "runs"));
}

/** What workers have put into their folder, by name. */
export function listWorkerFolders(stateFolder: string): Promise<string[]> {
  return namesIn(workersFolderOf(stateFolder));
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    // Whatever tidies the temporary folder may have taken it; the next run makes it again.
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}
