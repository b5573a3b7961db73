import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { DBT_PROJECT_KEY } from "@/lib/contracts/dbt";
import type { Db } from "@/lib/db";
import { createProjectLoader, type ProjectLoader, type ProjectLoaderOptions } from "@/lib/dbt/load-project";
import { type ProjectSeen, publishProject } from "@/lib/dbt/publish-project";
import { baseChildEnv, type WorkerEnv } from "@/lib/env";
import { errorText, isAppError } from "@/lib/errors";
import type { Announce } from "@/lib/events/channel";
import type { EventHub } from "@/lib/events/event-hub";
import { identify, identityName } from "@/lib/executors/process-identity";
import type { Logger } from "@/lib/logger";
import type { Redact, Redactor } from "@/lib/logs/redact";
import { readProfile } from "./dbt/read-profile";

export type DbtObserverOptions = {
  db: Db;
  hub: EventHub;
  announce: Announce;
  logger: Logger;
  workerId: string;
  redact: Redact;
  project: Omit<ProjectLoaderOptions, "scratch" | "signal">;
  /** Where its own folder is made; what a killed worker leaves there is removed at the next one's start. */
  scratchRoot: string;
  /** Milliseconds between two looks that nobody asked for. */
  everyMs?: number;
};

/** Looks of a worker at the dbt project, until `stop`, which also ends a `dbt parse` under way. */
export type DbtObserver = { stop(): Promise<void> };

const EVERY_MS = 60_000;
/** What people who look at the page cause at most. */
const ASKED_MS = 15_000;

/** Starts looking at the project of this worker's configuration; null where it has none. */
export async function startConfiguredDbtObserver(
  env: WorkerEnv,
  surroundings: Omit<DbtObserverOptions, "project"> & { redact: Redactor },
): Promise<DbtObserver | null> {
  if (env.DBT_CWD === undefined) return null;
  const project = {
    command: env.DBT_COMMAND,
    cwd: env.DBT_CWD,
    target: env.DBT_TARGET,
    profilesDir: env.DBT_PROFILES_DIR ?? null,
    env: { ...baseChildEnv(), ...env.dbtEnv },
    now: () => new Date(),
    sleep: (ms: number) => sleep(ms),
  };
  // Before the first look: what dbt says of a connection that fails is published, too.
  const profile = await readProfile(project).catch(noneWhenUnusable);
  surroundings.redact.learn(profile?.secrets ?? []);
  return startDbtObserver({ ...surroundings, project });
}

/** What is wrong with the profile is told where a build is ordered. */
function noneWhenUnusable(error: unknown): null {
  if (isAppError(error)) return null;
  throw error;
}

/** Publishes the dbt project that this worker sees: now, every minute, and when somebody looks at it. */
export async function startDbtObserver(options: DbtObserverOptions): Promise<DbtObserver> {
  const { hub, logger, project } = options;
  // Ours alone: dbt keeps there what it read, values of the environment included.
  const scratch = await mkdtemp(join(options.scratchRoot, `${identityName(identify(process.pid))}-dbt-`));
  const stopping = new AbortController();
  const loader = createProjectLoader({ ...project, scratch, signal: stopping.signal });
  let looking = Promise.resolve();
  let lookedAt = Number.NEGATIVE_INFINITY;

  const look = async (again: boolean): Promise<void> => {
    if (stopping.signal.aborted) return;
    try {
      const seen = await see(loader, again, options.redact);
      if (stopping.signal.aborted) return;
      const isNew = await publishProject(options.db, options.workerId, seen);
      if (isNew) await options.announce({ type: "observation", key: DBT_PROJECT_KEY });
    } catch (error) {
      logger.warn(
        { reason: errorText(error) },
        "the dbt project could not be published; the next look tries again",
      );
    }
    lookedAt = performance.now();
  };
  const lookNext = (again: boolean) => {
    looking = looking.then(() => look(again));
  };

  let isAsked = false;
  const unlisten = hub.listen((event) => {
    if (event.type !== "observe" || event.key !== DBT_PROJECT_KEY || isAsked) return;
    if (performance.now() - lookedAt < ASKED_MS) return;
    isAsked = true;
    lookNext(true);
    looking = looking.finally(() => {
      isAsked = false;
    });
  });
  const timer = setInterval(() => lookNext(false), options.everyMs ?? EVERY_MS);
  lookNext(false);

  return {
    async stop() {
      stopping.abort();
      clearInterval(timer);
      unlisten();
      await looking;
      await rm(scratch, { recursive: true, force: true });
    },
  };
}

/** A graph, or the words why there is none; whatever else goes wrong is a defect. */
async function see(loader: ProjectLoader, again: boolean, redact: Redact): Promise<ProjectSeen> {
  try {
    const loaded = await loader.load({ again });
    return { loaded: { ...loaded, outdated: loaded.outdated && redact(loaded.outdated) } };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { problem: redact(error.message) };
  }
}
