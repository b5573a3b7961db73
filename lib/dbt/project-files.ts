import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { parse as parseYaml } from "yaml";
import { z } from "zod";
import { AppError } from "@/lib/errors";

/** The folders that a project may name in dbt_project.yml, with dbt's own defaults. */
const FOLDERS = {
  "model-paths": ["models"],
  "seed-paths": ["seeds"],
  "test-paths": ["tests"],
  "snapshot-paths": ["snapshots"],
  "analysis-paths": ["analyses"],
  "macro-paths": ["macros"],
  "function-paths": ["functions"],
} as const;

/** Beside dbt_project.yml, what else decides on the graph. */
const SINGLE_FILES = [
  "dbt_project.yml",
  "packages.yml",
  "dependencies.yml",
  "package-lock.yml",
  "selectors.yml",
] as const;

/** A project has hundreds of files; a path that leads out of it may meet millions. */
const MAX_ENTRIES = 20_000;

const pathsSchema = z.union([z.string(), z.array(z.string())]).nullish();
const projectSchema = z.object({
  ...Object.fromEntries(Object.keys(FOLDERS).map((name) => [name, pathsSchema])),
  "target-path": z.string().nullish(),
});

export type ProjectFiles = {
  /** Where dbt writes this project's artefacts. */
  targetFolder: string;
  /** The youngest file, or folder from which something was removed, that decides on the graph. */
  newest: { name: string; changedAt: Date };
  /** Differs whenever any of these files was added, removed or changed. */
  fingerprint: string;
};

type Entry = { path: string; changedMs: number; size: number };

/**
 * Looks at a dbt project's files without reading more than dbt_project.yml.
 * @throws AppError `invalid-request` that says what is wrong with the folder and what to do
 */
export async function readProjectFiles(project: {
  cwd: string;
  profilesDir: string | null;
  /** The target folder by the environment of dbt, which wins over the project's own. */
  targetPath: string | null;
}): Promise<ProjectFiles> {
  const cwd = resolve(project.cwd);
  const settings = await readSettings(cwd);
  const folders = Object.entries(FOLDERS).flatMap(([name, usual]) => [settings.paths[name] ?? usual].flat());
  const singles = [
    ...SINGLE_FILES.map((name) => join(cwd, name)),
    ...(project.profilesDir ? [join(project.profilesDir, "profiles.yml")] : []),
  ];
  const found = await Promise.all(singles.map(async (path) => (await statOf(path)) ?? []));
  const entries = found.flat();
  for (const folder of new Set(folders)) await walk(resolve(cwd, folder), entries);
  const newest = entries.reduce((a, b) => (b.changedMs > a.changedMs ? b : a), {
    path: join(cwd, "dbt_project.yml"),
    changedMs: 0,
  });
  return {
    targetFolder: resolve(cwd, project.targetPath ?? settings.targetPath ?? "target"),
    newest: { name: relative(cwd, newest.path) || ".", changedAt: new Date(newest.changedMs) },
    fingerprint: fingerprintOf(entries),
  };
}

type Settings = { paths: Record<string, string | string[] | null | undefined>; targetPath: string | null };

async function readSettings(cwd: string): Promise<Settings> {
  if ((await statOf(cwd)) === null)
    throw problem(
      `The dbt project's folder ${cwd} does not exist on the worker's machine. Set DBT_CWD to the checkout in which dbt_project.yml lies.`,
    );
  const path = join(cwd, "dbt_project.yml");
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    throw problem(
      `There is no dbt_project.yml in ${cwd}, or the worker may not read it. Set DBT_CWD to the dbt checkout.`,
      cause,
    );
  }
  return parseSettings(text, path);
}

function parseSettings(text: string, path: string): Settings {
  let yaml: unknown;
  try {
    yaml = parseYaml(text);
  } catch (cause) {
    throw problem(
      `${path} is not valid YAML: ${firstLine(cause)} Mend it; the graph is read again by itself.`,
      cause,
    );
  }
  const parsed = projectSchema.safeParse(yaml);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw problem(
      `${path} is not a dbt project's: ${issue?.path.join(".")} ${issue?.message}.`,
      parsed.error,
    );
  }
  const { "target-path": targetPath, ...paths } = parsed.data;
  return { paths: paths as Settings["paths"], targetPath: targetPath ?? null };
}

async function walk(folder: string, entries: Entry[]): Promise<void> {
  const own = await statOf(folder);
  if (own === null) return;
  // A removed file leaves no trace but its folder's time.
  entries.push(own);
  for (const child of await readdir(folder, { withFileTypes: true })) {
    if (entries.length > MAX_ENTRIES)
      throw problem(
        `The dbt project's folders hold more than ${MAX_ENTRIES} files: see the paths in dbt_project.yml.`,
      );
    if (child.name.startsWith(".")) continue;
    const path = join(folder, child.name);
    if (child.isDirectory()) {
      await walk(path, entries);
      continue;
    }
    const file = await statOf(path);
    if (file) entries.push(file);
  }
}

async function statOf(path: string): Promise<Entry | null> {
  try {
    const found = await stat(path);
    return { path, changedMs: found.mtimeMs, size: found.isDirectory() ? 0 : found.size };
  } catch {
    // Gone, or not for this user: dbt will say so if it matters.
    return null;
  }
}

function fingerprintOf(entries: readonly Entry[]): string {
  const lines = entries.map(({ path, changedMs, size }) => `${path}\u0000${changedMs}\u0000${size}`).sort();
  return createHash("sha256").update(lines.join("\n")).digest("hex");
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return `${text.split("\n")[0]?.replace(/[.:]$/, "")}.`;
}

function problem(message: string, cause?: unknown): AppError {
  return new AppError("invalid-request", message, { cause });
}
