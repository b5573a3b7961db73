import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Client } from "pg";
import { z } from "zod";
import { createWarehouseSchema } from "./create-schema";
import { fillSeasons } from "./fill-seasons";

const HELP = `Fills an empty warehouse database with seasons at production's volume, for benchmarks.

  --seasons N             how many, the current one included (default 10, about 12,000 games)
  --plays-multiplier N    times 127 plays a game (default 1, about 1,500,000 plays)
  --constraints KIND      production (default) or none, which leaves out every index
  --boxscores-index       adds the optional index of box scores on (date, team)

Environment: SANDBOX_WAREHOUSE_ADMIN_URL, a superuser's URL of the database; SANDBOX_PIPELINE_PASSWORD and
SANDBOX_READER_PASSWORD, of the two roles it makes; SANDBOX_NOW, a moment to take for now (optional).`;

const ENVIRONMENT = z.object({
  SANDBOX_WAREHOUSE_ADMIN_URL: z.string({ error: "is a superuser's URL of an existing database" }).min(1),
  SANDBOX_PIPELINE_PASSWORD: z.string({ error: "is the pipeline role's password" }).min(1),
  SANDBOX_READER_PASSWORD: z.string({ error: "is the console's password" }).min(1),
  SANDBOX_NOW: z.iso.datetime({ error: "is a moment such as 2025-01-31T15:00:00Z" }).optional(),
});

const FLAGS = z.object({
  seasons: z.coerce.number().int().min(1).max(50),
  "plays-multiplier": z.coerce.number().int().min(1).max(10),
  constraints: z.enum(["production", "none"]),
  "boxscores-index": z.boolean(),
});

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seasons: { type: "string", default: "10" },
      "plays-multiplier": { type: "string", default: "1" },
      constraints: { type: "string", default: "production" },
      "boxscores-index": { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const flags = parse(FLAGS, values);
  const environment = parse(ENVIRONMENT, process.env);
  const client = new Client({ connectionString: environment.SANDBOX_WAREHOUSE_ADMIN_URL });
  await client.connect();
  try {
    const started = performance.now();
    const seconds = () => ((performance.now() - started) / 1000).toFixed(1);
    await createWarehouseSchema(client, {
      pipelinePassword: environment.SANDBOX_PIPELINE_PASSWORD,
      readerPassword: environment.SANDBOX_READER_PASSWORD,
    });
    const rows = await fillSeasons({
      client,
      now: environment.SANDBOX_NOW === undefined ? new Date() : new Date(environment.SANDBOX_NOW),
      seasons: flags.seasons,
      playsMultiplier: flags["plays-multiplier"],
      constraints: flags.constraints,
      boxScoresIndex: flags["boxscores-index"],
      onStep: (step) => console.log(`${seconds()} s  ${step}`),
    });
    console.log(`${seconds()} s  ${rows.games} games, ${rows.boxScores} box scores, ${rows.plays} plays`);
  } finally {
    await client.end();
  }
}

function parse<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new Error(parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("\n"));
}

// Asked by its own name too: a bundle of another program that holds this module must not start filling.
const started = basename(process.argv[1] ?? "");
if (started.includes("generate-seasons") && started === basename(fileURLToPath(import.meta.url))) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
