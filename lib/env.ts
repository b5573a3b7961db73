import { readFileSync } from "node:fs";
import { z } from "zod";
import { authShape, checkAuthEnv } from "@/lib/auth/auth-environment";
import { isGameDate } from "@/lib/game-date";

/** The only reader of the process's environment. Everything else takes configuration as arguments. */

const postgresUrl = z.string().regex(/^postgres(ql)?:\/\/.+/, {
  error: "must be a PostgreSQL URL such as postgresql://user:password@host:5432/database",
});

const commandSchema = z.string().transform((text, context) => {
  const parsed = z.array(z.string().min(1)).min(1).safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  context.addIssue({
    code: "custom",
    message: 'must be a JSON array of strings, e.g. ["python","-m","scripts.backfill"]',
  });
  return z.NEVER;
});

/** Minutes after midnight UTC, `[from, to)`. */
export type UtcWindow = { fromMinute: number; toMinute: number };

const utcWindowSchema = z.string().transform((text, context): UtcWindow | null => {
  if (text === "off") return null;
  const match = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  const fromMinute = Number(match?.[1]) * 60 + Number(match?.[2]);
  const toMinute = Number(match?.[3]) * 60 + Number(match?.[4]);
  if (match && fromMinute < toMinute) return { fromMinute, toMinute };
  context.addIssue({ code: "custom", message: "must be off, or UTC times of one day such as 12:00-12:30" });
  return z.NEVER;
});

const sharedShape = {
  NODE_ENV: z.enum(["development", "production", "test"]).default("production"),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug"]).default("info"),
  DATABASE_URL: postgresUrl,
  WAREHOUSE_URL: postgresUrl,
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\/.+/, { error: "must be a Redis URL such as redis://127.0.0.1:6379" }),
  DAILY_RUN_WINDOW: utcWindowSchema.default({ fromMinute: 720, toMinute: 750 }),
  SOURCE_REQUESTS_PER_MINUTE: z.coerce.number().int().min(1).max(100_000).default(20),
  FIRST_SEASON_START: z
    .string()
    .refine(isGameDate, { error: "must be a date as YYYY-MM-DD" })
    .default("1996-11-01"),
  INGESTION_COMMAND: commandSchema.default(["python", "-m", "scripts.backfill"]),
  INGESTION_CWD: z.string().min(1).default("."),
  DBT_COMMAND: commandSchema.default(["dbt"]),
  DBT_CWD: z.string().min(1).optional(),
  // An argument that begins with a dash would be an option.
  DBT_TARGET: z
    .string()
    .regex(/^[A-Za-z0-9_][A-Za-z0-9_-]*$/, { error: "must be a target's name such as prod" })
    .default("prod"),
  ML_COMMAND: commandSchema.default(["python", "-m", "src.app"]),
  ML_CWD: z.string().min(1).optional(),
  DASHBOARD_REGION: z.string().min(1).optional(),
  DASHBOARD_CLUSTER: z.string().min(1).optional(),
  DASHBOARD_SERVICE: z.string().min(1).optional(),
};

const httpUrl = z
  .url({ protocol: /^https?$/, error: "must be a URL such as https://dashboard.example.org/" })
  .optional();

const webShape = {
  ...sharedShape,
  ...authShape,
  HOST: z.string().min(1).default("127.0.0.1"),
  PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
  ALLOWED_HOSTS: z
    .string()
    .default("")
    .transform((text) =>
      text
        .split(",")
        .map((name) => name.trim())
        .filter(Boolean),
    ),
  DASHBOARD_MARTS: z
    .string()
    .optional()
    .transform((text, context): string[] | null => {
      const names = (text ?? "").split(",").map((name) => name.trim().replace(/^gold\./, ""));
      const given = names.filter(Boolean);
      if (given.every((name) => /^[a-z_][a-z0-9_]*$/.test(name))) return given.length > 0 ? given : null;
      context.addIssue({ code: "custom", message: "must be names of tables in gold, separated by commas" });
      return z.NEVER;
    }),
};

/** A positive number, or null for `off`. */
const amountOrOff = z.string().transform((text, context): number | null => {
  if (text === "off") return null;
  const amount = Number(text);
  if (text.trim() !== "" && Number.isFinite(amount) && amount > 0) return amount;
  context.addIssue({ code: "custom", message: "must be a positive number, or off" });
  return z.NEVER;
});

const minutes = z.coerce.number().positive().max(600);

const workerShape = {
  ...sharedShape,
  WORKER_NAME: z.string().min(1).max(60).optional(),
  WORKER_CONCURRENCY: z.coerce.number().int().min(1).max(64).default(4),
  WORKER_DRAIN_SECONDS: z.coerce.number().min(0).max(3_600).default(20),
  WORKER_STATE_DIR: z.string().startsWith("/", { error: "must be an absolute path" }).optional(),
  QUEUE_TIMEOUT_HOURS: z.coerce.number().positive().max(8_760).default(24),
  RUN_RETENTION_DAYS: amountOrOff.default(180),
  LOG_RETENTION_DAYS: amountOrOff.default(60),
  LOG_RETENTION_GB: amountOrOff.default(5),
  INGESTION_TIMEOUT_MINUTES: minutes.default(20),
  DBT_PROFILES_DIR: z.string().min(1).optional(),
  DBT_TIMEOUT_MINUTES: minutes.default(60),
  ML_TIMEOUT_MINUTES: minutes.default(15),
  DASHBOARD_TIMEOUT_MINUTES: minutes.default(10),
  DASHBOARD_ECS_ENDPOINT: httpUrl,
  DASHBOARD_PAGE_URL: httpUrl,
  DASHBOARD_HEALTH_URL: httpUrl,
  DASHBOARD_REFRESH_URL: httpUrl,
  DASHBOARD_HEADER_NAME: z
    .string()
    .regex(/^[A-Za-z0-9-]+$/, { error: "must be a header's name such as X-Refresh-Token" })
    .default("X-Refresh-Token"),
  DASHBOARD_HEADER_VALUE: z
    .string()
    .regex(/^[\x21-\x7e]+$/, { error: "must be printable ASCII without spaces" })
    .optional(),
};

/** Every variable that Backcourt reads, beside each program's own; .env.example describes each. */
export const ENVIRONMENT_NAMES: readonly string[] = [
  ...new Set([...Object.keys(webShape), ...Object.keys(workerShape)]),
];

const webSchema = z.object(webShape).superRefine(checkAuthEnv);
const workerSchema = z.object(workerShape);

/** The variables of each of the pipeline's programs, by the prefix that carries them. */
const PROGRAM_PREFIXES = { ingestionEnv: "INGESTION_ENV_", dbtEnv: "DBT_ENV_", mlEnv: "ML_ENV_" } as const;
type ProgramEnvs = Record<keyof typeof PROGRAM_PREFIXES, Record<string, string>>;

export type WebEnv = z.infer<typeof webSchema>;
export type WorkerEnv = z.infer<typeof workerSchema> & ProgramEnvs;
export type Environment = Record<string, string | undefined>;

/** A configuration that cannot be used: every problem at once, each naming its variable. */
export class EnvironmentError extends Error {
  constructor(readonly problems: string[]) {
    super(
      `Backcourt cannot start: ${problems.length} problem(s) in its environment.\n${problems.map((p) => `  - ${p}`).join("\n")}\nEvery variable is described in .env.example.`,
    );
    this.name = "EnvironmentError";
  }
}

/** Parses the web process's configuration. @throws EnvironmentError listing every problem. */
export function parseWebEnv(environment: Environment): WebEnv {
  return parse(webSchema, environment);
}

/**
 * Parses the worker's configuration. `INGESTION_ENV_X` becomes the variable `X` of the ingestion program,
 * `DBT_ENV_X` of dbt, `ML_ENV_X` of the ML program; nothing else of the worker's environment reaches them.
 * @throws EnvironmentError listing every problem.
 */
export function parseWorkerEnv(environment: Environment): WorkerEnv {
  const { ingestionEnv, dbtEnv, mlEnv } = PROGRAM_PREFIXES;
  return {
    ...parse(workerSchema, environment),
    ingestionEnv: variablesBehind(ingestionEnv, environment),
    dbtEnv: variablesBehind(dbtEnv, environment),
    mlEnv: variablesBehind(mlEnv, environment),
  };
}

function variablesBehind(prefix: string, environment: Environment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      name.startsWith(prefix) && value !== undefined ? [[name.slice(prefix.length), value]] : [],
    ),
  );
}

/** The first admin of the configuration. @throws EnvironmentError when the password's file cannot be used */
export function readAdmin(env: WebEnv): { email: string; password: string } | null {
  if (!env.ADMIN_EMAIL) return null;
  const password = env.ADMIN_PASSWORD ?? readPasswordFile(env.ADMIN_PASSWORD_FILE ?? "");
  return { email: env.ADMIN_EMAIL, password };
}

function readPasswordFile(file: string): string {
  let text: string;
  try {
    text = readFileSync(file, "utf8").trim();
  } catch (error) {
    throw new EnvironmentError([`ADMIN_PASSWORD_FILE cannot be read: ${String(error)}.`]);
  }
  if (text.length >= 12) return text;
  throw new EnvironmentError(["ADMIN_PASSWORD_FILE holds a password of fewer than 12 characters."]);
}

let webEnv: WebEnv | undefined;

/** The web process's configuration, parsed once. */
export function getWebEnv(): WebEnv {
  webEnv ??= parseWebEnv(process.env);
  return webEnv;
}

/** The environment that a child needs to be found and to speak UTF-8: no configuration, no secret. */
export function baseChildEnv(environment: Environment = process.env): Record<string, string> {
  const names = ["PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR"];
  return Object.fromEntries(names.flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])));
}

/** What of AWS's credentials must not be seen, where they come by the environment. */
export function awsSecrets(environment: Environment = process.env): string[] {
  const names = ["AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"];
  return names.flatMap((name) => environment[name] ?? []);
}

/** The console database, for commands that need nothing else. @throws EnvironmentError */
export function readDatabaseUrl(environment: Environment = process.env): string {
  return parse(z.object({ DATABASE_URL: postgresUrl }), environment).DATABASE_URL;
}

/** The worker's configuration. Call once, at its start. */
export function readWorkerEnv(): WorkerEnv {
  return parseWorkerEnv(process.env);
}

function parse<Schema extends z.ZodType>(schema: Schema, environment: Environment): z.infer<Schema> {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new EnvironmentError(
    parsed.error.issues.map((issue) => {
      const name = issue.path.join(".");
      return given[name] === undefined ? `${name} is not set.` : `${name} ${issue.message}.`;
    }),
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
