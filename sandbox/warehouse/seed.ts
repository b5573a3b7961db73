import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { z } from "zod";
import { isGameDate } from "../../lib/game-date";
import { createWarehouseSchema } from "./create-schema";
import { seedWarehouse } from "./fill-warehouse";
import { refreshSchedule } from "./refresh-schedule";
import { seededHoles } from "./seeded-holes";

export { refreshSchedule, seededHoles, seedWarehouse };

const ENVIRONMENT = z.object({
  SANDBOX_WAREHOUSE_ADMIN_URL: z.string({ error: "is a superuser's URL of an existing database" }).min(1),
  SANDBOX_ANCHOR_DATE: z.string({ error: "is today's Eastern date, YYYY-MM-DD" }).refine(isGameDate, {
    error: "is a date YYYY-MM-DD",
  }),
  SANDBOX_NOW: z.iso.datetime({ error: "is a moment such as 2025-01-31T15:00:00Z" }).optional(),
});

const PASSWORDS = z.object({
  SANDBOX_PIPELINE_PASSWORD: z.string({ error: "is the pipeline role's password" }).min(1),
  SANDBOX_READER_PASSWORD: z.string({ error: "is the console's password" }).min(1),
});

/** The command: seeds an empty database, or with `--refresh-schedule` brings a seeded one up to today. */
async function main(flags: readonly string[]): Promise<void> {
  const unknown = flags.find((flag) => flag !== "--refresh-schedule");
  if (unknown !== undefined) throw new Error(`unknown option ${unknown}: the only one is --refresh-schedule`);
  const settings = parseEnvironment(ENVIRONMENT);
  const now = settings.SANDBOX_NOW === undefined ? new Date() : new Date(settings.SANDBOX_NOW);
  const anchorDate = settings.SANDBOX_ANCHOR_DATE;
  const client = new Client({ connectionString: settings.SANDBOX_WAREHOUSE_ADMIN_URL });
  await client.connect();
  try {
    if (flags.length > 0) {
      const moved = await refreshSchedule({ client, now, anchorDate });
      console.log(moved === 0 ? "schedule is up to date" : `schedule refreshed: ${moved} rows`);
      return;
    }
    const started = performance.now();
    const passwords = parseEnvironment(PASSWORDS);
    await createWarehouseSchema(client, {
      pipelinePassword: passwords.SANDBOX_PIPELINE_PASSWORD,
      readerPassword: passwords.SANDBOX_READER_PASSWORD,
    });
    await seedWarehouse({ client, now, anchorDate });
    console.log(`warehouse seeded in ${((performance.now() - started) / 1000).toFixed(1)} s`);
    for (const { date, kind, note } of seededHoles(now, anchorDate))
      console.log(`  ${date} ${kind}: ${note}`);
  } finally {
    await client.end();
  }
}

function parseEnvironment<Schema extends z.ZodType>(schema: Schema): z.output<Schema> {
  const parsed = schema.safeParse(process.env);
  if (parsed.success) return parsed.data;
  throw new Error(parsed.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`).join("\n"));
}

// Asked by its own name too: a bundle of another program that holds this module must not start seeding.
const started = basename(process.argv[1] ?? "");
if (started.includes("seed") && started === basename(fileURLToPath(import.meta.url))) {
  main(process.argv.slice(2)).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
