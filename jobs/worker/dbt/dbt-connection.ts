import { z } from "zod";
import type { ProgramConnection } from "@/jobs/worker/program-connection";
import { renderEnvVars } from "./render-env-vars";

const DEFAULT_PORT = 5432;

const connectionSchema = z.object({
  host: z.string().min(1),
  port: z.coerce.number().int().positive(),
  database: z.string().min(1),
  user: z.string().min(1),
  password: z.string().optional(),
  sslmode: z.string(),
  sslrootcert: z.string().nullable(),
});

/**
 * The connection of a profile's output, as far as it stands there or in `env_var` calls; what only dbt could
 * work out is taken from the variables that the pipeline's own profile reads. Null where that fails too.
 */
export function dbtConnectionOf(
  output: Record<string, unknown>,
  env: Record<string, string>,
): ProgramConnection | null {
  const read = (name: string): string | undefined => {
    const value = output[name];
    if (typeof value === "number" || typeof value === "boolean") return String(value);
    return typeof value === "string" ? (renderEnvVars(value, env) ?? undefined) : undefined;
  };
  const parsed = connectionSchema.safeParse({
    host: read("host") ?? env.DBT_HOST,
    port: read("port") ?? env.DBT_PORT ?? DEFAULT_PORT,
    database: read("dbname") ?? read("database") ?? env.DBT_DBNAME,
    user: read("user") ?? env.DBT_USER,
    password: read("password") ?? read("pass") ?? env.DBT_PASS,
    sslmode: read("sslmode") ?? "prefer",
    sslrootcert: read("sslrootcert") ?? null,
  });
  return parsed.success ? { ...parsed.data, password: parsed.data.password } : null;
}
