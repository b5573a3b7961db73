import { z } from "zod";
import { startEcs } from "./start-ecs";

const port = z.coerce.number({ error: "is a port" }).int().min(0).max(65_535);
const milliseconds = z.coerce.number({ error: "is a number of milliseconds" }).int().min(0).max(600_000);
const name = z.string().regex(/^[A-Za-z0-9_-]{1,255}$/, { error: "is letters, digits, - and _" });
const command = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: "custom", message: 'is a JSON array such as ["node","dashboard.mjs"]' });
      return z.NEVER;
    }
  })
  .pipe(z.array(z.string()).min(1));

const ENVIRONMENT = z.object({
  SANDBOX_ECS_PORT: port,
  SANDBOX_ECS_PAGE_PORT: port.default(0),
  SANDBOX_ECS_REGION: z.string().min(1).default("us-east-1"),
  SANDBOX_ECS_ACCOUNT: z
    .string()
    .regex(/^\d{12}$/, { error: "is 12 digits" })
    .default("123456789012"),
  SANDBOX_ECS_CLUSTER: name,
  SANDBOX_ECS_SERVICE: name,
  SANDBOX_ECS_ACCESS_KEY_ID: z.string().min(1),
  SANDBOX_ECS_TASK_COMMAND: command,
  SANDBOX_ECS_DESIRED: z.coerce.number().int().min(0).max(10).default(1),
  SANDBOX_ECS_REPLACE_MS: milliseconds.default(2_000),
  SANDBOX_ECS_STEP_MS: milliseconds.default(1_000),
  SANDBOX_ECS_HEALTH_MS: milliseconds.default(1_500),
  SANDBOX_ECS_HEALTH_CHECK: z.enum(["on", "off"]).default("on"),
});

const TASK_PREFIX = "SANDBOX_ECS_TASK_ENV_";
const settings = ENVIRONMENT.safeParse(process.env);
if (settings.success) {
  await serve(settings.data);
} else {
  console.error(settings.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`).join("\n"));
  process.exitCode = 1;
}

async function serve(environment: z.output<typeof ENVIRONMENT>): Promise<void> {
  const ecs = await startEcs({
    port: environment.SANDBOX_ECS_PORT,
    pagePort: environment.SANDBOX_ECS_PAGE_PORT,
    region: environment.SANDBOX_ECS_REGION,
    account: environment.SANDBOX_ECS_ACCOUNT,
    cluster: environment.SANDBOX_ECS_CLUSTER,
    service: environment.SANDBOX_ECS_SERVICE,
    accessKeyId: environment.SANDBOX_ECS_ACCESS_KEY_ID,
    desired: environment.SANDBOX_ECS_DESIRED,
    replaceMs: environment.SANDBOX_ECS_REPLACE_MS,
    stepMs: environment.SANDBOX_ECS_STEP_MS,
    healthMs: environment.SANDBOX_ECS_HEALTH_MS,
    healthCheck: environment.SANDBOX_ECS_HEALTH_CHECK === "on",
    command: { argv: environment.SANDBOX_ECS_TASK_COMMAND, env: taskEnvironment() },
  });
  console.log(`ecs listening on ${ecs.url}, its service answers on ${ecs.pageUrl}`);
  const stop = () => void ecs.close().then(() => process.exit(0));
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}

/** `SANDBOX_ECS_TASK_ENV_X` becomes the variable `X` of every task. */
function taskEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([variable, value]) =>
      variable.startsWith(TASK_PREFIX) && value !== undefined
        ? [[variable.slice(TASK_PREFIX.length), value]]
        : [],
    ),
  );
}
