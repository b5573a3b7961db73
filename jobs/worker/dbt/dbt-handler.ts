import type { JobSettings } from "@/jobs/define-job";
import { JOBS } from "@/jobs/registry";
import { endSessions } from "@/jobs/worker/end-sessions";
import type { HandlerSurroundings } from "@/jobs/worker/handler-surroundings";
import type { RunHandler, RunToStart } from "@/jobs/worker/run-handler";
import { sessionName } from "@/jobs/worker/start-program";
import { abandonWhenAborted } from "@/lib/abandon-when-aborted";
import type { DbtParams } from "@/lib/contracts/run-kinds/dbt";
import { findForeignBuild } from "@/lib/dbt/find-foreign-builds";
import type { WorkerEnv } from "@/lib/env";
import { errorText, isAppError } from "@/lib/errors";
import { cannotWrite } from "@/lib/runs/cannot-write";
import { TUNABLES } from "@/lib/runs/tunables";
import { listWaivers } from "@/lib/waivers/list-waivers";
import { type DbtMeasurement, measureDbt } from "@/lib/warehouse/measure-dbt";
import { createDbtFolder, dbtFolderIn } from "./dbt-folder";
import type { DbtDetails } from "./dbt-receipt";
import { deriveProfiles } from "./derive-profiles";
import { endLeftovers } from "./end-leftovers";
import { explainDbt } from "./explain-dbt";
import { judgeDbt } from "./judge-dbt";
import { type DbtProfile, readProfile } from "./read-profile";
import { recollectDbt } from "./recollect-dbt";
import { startDbt } from "./start-dbt";

/**
 * How this worker builds: dbt under its own variables and a profile that names its sessions after the run,
 * followed node by node, judged by silver and gold. Nothing of it touches the project's folder.
 */
export function createDbtHandler(
  env: WorkerEnv,
  settings: JobSettings,
  { warehouse, db, baseEnv, redact, now, sleep }: HandlerSurroundings,
): RunHandler<DbtParams, DbtMeasurement, DbtDetails> {
  const programEnv = { ...baseEnv, ...env.dbtEnv };
  const profileOf = async (cwd: string): Promise<DbtProfile> => {
    const profile = await readProfile({
      cwd,
      profilesDir: env.DBT_PROFILES_DIR ?? programEnv.DBT_PROFILES_DIR ?? null,
      target: env.DBT_TARGET,
      env: programEnv,
    });
    redact.learn(profile.secrets);
    return profile;
  };

  async function start(run: RunToStart<DbtParams>) {
    const { text, connection } = await profileOf(run.cwd);
    const profiles = deriveProfiles(text, sessionName(run.runId));
    await abandonWhenAborted(endLeftovers({ run, connection, db, sleep }), run.signal);
    const folder = await createDbtFolder(profiles, run.folder).catch((error: unknown) => {
      throw cannotWrite(run.folder, { message: errorText(error) });
    });
    return startDbt({ run, folder, env: programEnv, connection, db, redact, now, sleep });
  }

  return {
    plan: (params) => JOBS.dbt.plan(params, settings),
    timeoutMs: env.DBT_TIMEOUT_MINUTES * 60_000,
    startsProgram: true,
    async heldBy() {
      const build = await findForeignBuild(warehouse).catch(noneWhenUnanswered);
      return build && "another dbt build is at work in the warehouse";
    },
    async refusal() {
      if (settings.dbt === null) return null;
      try {
        await profileOf(settings.dbt.cwd);
        return null;
      } catch (error) {
        if (isAppError(error)) return `Nothing was started. ${error.message}`;
        throw error;
      }
    },
    measure: () =>
      measureDbt({
        pool: warehouse,
        listWaivers: () => listWaivers(db),
        now,
        sleep,
        deadlineMs: TUNABLES.measureDeadlineMs,
      }),
    start,
    async endSessions({ runId, cwd }) {
      const { connection } = await profileOf(cwd);
      return connection && endSessions({ connection, name: sessionName(runId), sleep });
    },
    recollect: ({ runId, params, folder, say, end, cutOffAt }) =>
      recollectDbt({
        run: { runId, params, say },
        folder: dbtFolderIn(folder),
        db,
        redact,
        now,
        sleep,
        end,
        cutOffAt,
      }),
    judge: (evidence) => judgeDbt({ ...evidence, timeoutMinutes: env.DBT_TIMEOUT_MINUTES }),
    explain: explainDbt,
  };
}

/** A warehouse that does not answer holds up nothing here: the measurement before the run will say so. */
function noneWhenUnanswered(error: unknown): null {
  if (isAppError(error) && error.code === "warehouse-unavailable") return null;
  throw error;
}
