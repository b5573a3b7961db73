import { z } from "zod";

/** How a program of the pipeline connects to the warehouse, under its own role. */
export type ProgramConnection = {
  host: string;
  port: number;
  database: string;
  user: string;
  password: string | undefined;
  /** libpq's word; `prefer` where nothing is said. */
  sslmode: string;
  /** The certificate by which the server's is checked; null for the system's. */
  sslrootcert: string | null;
};

const variablesSchema = z
  .object({
    IP: z.string().min(1),
    RDS_PORT: z.coerce.number().int().positive().default(5432),
    RDS_DB: z.string().min(1),
    RDS_USER: z.string().min(1),
    RDS_PW: z.string().optional(),
    PGSSLMODE: z.string().default("prefer"),
    PGSSLROOTCERT: z.string().nullable().default(null),
  })
  .transform((env) => ({
    host: env.IP,
    port: env.RDS_PORT,
    database: env.RDS_DB,
    user: env.RDS_USER,
    password: env.RDS_PW,
    sslmode: env.PGSSLMODE,
    sslrootcert: env.PGSSLROOTCERT,
  }));

/** By the variables that the ingestion and the ML program read; null where they do not say enough. */
export function connectionOfVariables(env: Record<string, string>): ProgramConnection | null {
  return variablesSchema.safeParse(env).data ?? null;
}
