import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A run's own folder: nothing of it touches the project, and nobody else may read it. */
export type RunFolder = {
  profilesDir: string;
  /** Where dbt writes its artefacts. */
  targetDir: string;
  logDir: string;
  remove(): Promise<void>;
};

const PREFIX = "backcourt-dbt-run-";
/** Longer than any run may take: what is older was left behind by a worker that was killed. */
const LEFT_BEHIND_MS = 24 * 3_600_000;

/** Makes a folder below the system's temporary one, with `profiles` as its profiles.yml. */
export async function createRunFolder(profiles: string, now: Date): Promise<RunFolder> {
  await removeLeftBehind(now);
  const path = await mkdtemp(join(tmpdir(), PREFIX));
  await chmod(path, 0o700);
  const folder = {
    profilesDir: join(path, "profiles"),
    targetDir: join(path, "target"),
    logDir: join(path, "logs"),
  };
  for (const each of Object.values(folder)) await mkdir(each, { mode: 0o700 });
  await writeFile(join(folder.profilesDir, "profiles.yml"), profiles, { mode: 0o600 });
  return { ...folder, remove: () => rm(path, { recursive: true, force: true }) };
}

async function removeLeftBehind(now: Date): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue;
    const path = join(tmpdir(), name);
    const found = await stat(path).catch(() => null);
    const isOurs = found !== null && found.uid === process.getuid?.();
    if (isOurs && now.getTime() - found.mtimeMs > LEFT_BEHIND_MS)
      await rm(path, { recursive: true, force: true });
  }
}
