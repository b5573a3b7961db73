import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { DbtProject } from "@/lib/contracts/dbt";
import { AppError, errorText, isAppError } from "@/lib/errors";
import { findProfilesDir } from "./find-profiles-dir";
import { type LocatedManifest, locateManifest } from "./locate-manifest";
import { readProjectFiles } from "./project-files";
import { readManifest } from "./read-manifest";
import { runDbtParse } from "./run-dbt-parse";

export type ProjectLoaderOptions = {
  command: readonly string[];
  /** The dbt checkout. */
  cwd: string;
  target: string;
  /** DBT_PROFILES_DIR; null where it is not set. */
  profilesDir: string | null;
  /** The whole environment of dbt; nothing is inherited. */
  env: Record<string, string>;
  /** A folder of this loader's own, for what dbt writes. */
  scratch: string;
  now(): Date;
  sleep(ms: number): Promise<void>;
  /** For `dbt parse`; a large project takes a minute at its first time. */
  timeoutMs?: number;
  /** Ends a `dbt parse` under way. */
  signal?: AbortSignal;
};

export type LoadedProject = {
  project: DbtProject;
  /** Why what is given is older than the project's files; null when it is not. */
  outdated: string | null;
  /** Differs whenever the graph does. */
  contentHash: string;
};

export type ProjectLoader = {
  /**
   * The project's graph as it is now: from its own manifest where that is no older than the files, else from
   * what `dbt parse` makes of them. While nothing has changed it is what the last call gave, a failure too,
   * which is tried anew after five minutes, or after half a minute when asked `again`.
   * @throws AppError with words for a person: what is wrong and what to do
   */
  load(options?: { again?: boolean }): Promise<LoadedProject>;
};

const PARSE_TIMEOUT_MS = 180_000;
/** A parse that fails takes seconds of the machine each time, and is mended by a change of the files mostly. */
const RETRY_MS = 300_000;
const RETRY_ASKED_MS = 30_000;

type Outcome = { loaded: LoadedProject } | { failure: unknown };

/** Loads one project, again and again; calls that overlap share one look. */
export function createProjectLoader(options: ProjectLoaderOptions): ProjectLoader {
  let last: { key: string; at: number; outcome: Outcome } | null = null;
  let underWay: Promise<LoadedProject> | null = null;

  async function look(again: boolean): Promise<LoadedProject> {
    const { cwd, env, target, now } = options;
    const profilesDir = profilesDirOf(options);
    const files = await readProjectFiles({ cwd, profilesDir, targetPath: env.DBT_TARGET_PATH ?? null });
    const manifest = await locateManifest(files, target);
    const key = `${files.fingerprint} ${manifest.state === "fresh" ? manifest.stamp : manifest.state}`;
    const at = now().getTime();
    if (last?.key === key && (isGood(last.outcome) || at - last.at < (again ? RETRY_ASKED_MS : RETRY_MS)))
      return resultOf(last.outcome);
    const outcome = await loadFrom(options, manifest).then(
      (loaded) => ({ loaded }),
      (failure: unknown) => ({ failure }),
    );
    last = { key, at, outcome };
    return resultOf(outcome);
  }

  return {
    load({ again = false } = {}) {
      underWay ??= look(again).finally(() => {
        underWay = null;
      });
      return underWay;
    },
  };
}

function isGood(outcome: Outcome): boolean {
  return "loaded" in outcome && outcome.loaded.outdated === null;
}

function resultOf(outcome: Outcome): LoadedProject {
  if ("loaded" in outcome) return outcome.loaded;
  throw outcome.failure;
}

async function loadFrom(options: ProjectLoaderOptions, manifest: LocatedManifest): Promise<LoadedProject> {
  if (manifest.state === "absent") return loadParsed(options);
  if (manifest.state === "outdated") return loadParsedOrOld(options, manifest);
  try {
    return await loadFile(manifest.path);
  } catch (damage) {
    // A build may be rewriting it this moment; dbt can make another in either case.
    return loadParsed(options).catch((failure: unknown) => {
      throw new AppError("invalid-request", `${errorText(damage)} ${errorText(failure)}`, { cause: failure });
    });
  }
}

/** An old graph, called old, shows more than none. */
async function loadParsedOrOld(
  options: ProjectLoaderOptions,
  manifest: Extract<LocatedManifest, { state: "outdated" }>,
): Promise<LoadedProject> {
  try {
    return await loadParsed(options);
  } catch (failure) {
    if (!isAppError(failure)) throw failure;
    const old = await loadFile(manifest.path).catch(() => {
      throw failure;
    });
    const outdated = `What is shown is an older manifest: ${manifest.why}. ${failure.message}`;
    return { ...old, outdated };
  }
}

async function loadParsed(options: ProjectLoaderOptions): Promise<LoadedProject> {
  const { timeoutMs = PARSE_TIMEOUT_MS } = options;
  const profilesDir = profilesDirOf(options);
  const env = profilesDir ? { ...options.env, DBT_PROFILES_DIR: profilesDir } : options.env;
  return loadFile(await runDbtParse({ ...options, env, timeoutMs }));
}

function profilesDirOf({ cwd, profilesDir }: ProjectLoaderOptions): string | null {
  return findProfilesDir({ cwd, configured: profilesDir });
}

async function loadFile(path: string): Promise<LoadedProject> {
  const project = readManifest(await readFile(path, "utf8"));
  const { generatedAt: _, ...graph } = project;
  const contentHash = createHash("sha256").update(JSON.stringify(graph)).digest("hex");
  return { project, outdated: null, contentHash };
}
