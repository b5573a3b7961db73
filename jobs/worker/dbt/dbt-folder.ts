import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Where a run's dbt reads and writes: nothing of it touches the project, and nobody else may read it. */
export type DbtFolder = {
  profilesDir: string;
  /** Where dbt writes its artefacts. */
  targetDir: string;
  logDir: string;
};

/** Makes dbt's folders in the run's own, with `profiles` as its profiles.yml. */
export async function createDbtFolder(profiles: string, runFolder: string): Promise<DbtFolder> {
  const folder = dbtFolderIn(runFolder);
  const { profilesDir, targetDir, logDir } = folder;
  for (const each of [profilesDir, targetDir, logDir]) await mkdir(each, { recursive: true, mode: 0o700 });
  await writeFile(join(profilesDir, "profiles.yml"), profiles, { mode: 0o600 });
  return folder;
}

/** The same, as a worker before this one has made it. */
export function dbtFolderIn(runFolder: string): DbtFolder {
  const path = join(runFolder, "dbt");
  return {
    profilesDir: join(path, "profiles"),
    targetDir: join(path, "target"),
    logDir: join(path, "logs"),
  };
}
