import type { JobSettings } from "@/jobs/define-job";
import type { WebEnv, WorkerEnv } from "@/lib/env";

/** What plans need of the configuration: made alike by web and worker, so that both plan the same. */
export function jobSettingsOf(env: WebEnv | WorkerEnv): JobSettings {
  return {
    ingestion: { command: env.INGESTION_COMMAND, cwd: env.INGESTION_CWD },
    dbt: env.DBT_CWD ? { command: env.DBT_COMMAND, cwd: env.DBT_CWD, target: env.DBT_TARGET } : null,
    ml: env.ML_CWD ? { command: env.ML_COMMAND, cwd: env.ML_CWD } : null,
    dashboard:
      env.DASHBOARD_REGION && env.DASHBOARD_CLUSTER && env.DASHBOARD_SERVICE
        ? {
            region: env.DASHBOARD_REGION,
            cluster: env.DASHBOARD_CLUSTER,
            service: env.DASHBOARD_SERVICE,
          }
        : null,
  };
}
