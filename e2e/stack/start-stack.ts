import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { easternDate } from "@/lib/game-date";
import {
  createConsoleDatabase,
  createThrowawayDatabase,
  requireTestService,
} from "@/lib/testing/throwaway-database";
import { createWarehouseSchema } from "@/sandbox/warehouse/create-schema";
import { seedWarehouse } from "@/sandbox/warehouse/fill-warehouse";
import { type SeededHole, seededHoles } from "@/sandbox/warehouse/seeded-holes";
import { type ChildProgram, startProgram } from "./child-program";
import { freePort } from "./free-port";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const PASSWORD = "e2e-only";
const PIPELINE_ROLE = "e2e_pipeline";
const READER_ROLE = "e2e_reader";
const SANDBOX_INGESTION = {
  command: [requireTestService("BACKCOURT_TEST_PYTHON"), "-m", "scripts.backfill"],
  cwd: `${ROOT}sandbox/ingestion`,
};

/** A whole Backcourt on loopback: its stores, its processes, and the sandbox that stands in for the pipeline. */
export type Stack = {
  url: string;
  statsSourceUrl: string;
  /** A superuser's session in the warehouse. */
  warehouse: Client;
  holes: SeededHole[];
  worker: ChildProgram;
  web: ChildProgram;
  /** Starts another worker, in place of one that was killed. */
  startWorker(): void;
  stop(): Promise<void>;
};

export type StackOptions = {
  /** In the ingestion program's place, with the folder in which it runs. */
  ingestion?: { command: string[]; cwd: string };
  /** SQL that makes another warehouse of the seeded one: other types, fewer tables. */
  reshapeWarehouse?: string;
};

/** Starts everything and waits until the console's own health page says that every part is up. */
export async function startStack({
  ingestion = SANDBOX_INGESTION,
  reshapeWarehouse = "",
}: StackOptions = {}): Promise<Stack> {
  const consoleDatabase = await createConsoleDatabase();
  const warehouseDatabase = await createThrowawayDatabase("warehouse");
  const now = new Date();
  const anchorDate = easternDate(now);
  const warehouse = new Client({ connectionString: warehouseDatabase.url });
  // Services that are stopped before us end the session; the tests then fail by themselves.
  warehouse.on("error", () => {});
  await warehouse.connect();
  await createWarehouseSchema(warehouse, {
    pipelineRole: PIPELINE_ROLE,
    pipelinePassword: PASSWORD,
    readerRole: READER_ROLE,
    readerPassword: PASSWORD,
  });
  await seedWarehouse({ client: warehouse, now, anchorDate });
  await warehouse.query(reshapeWarehouse);

  const [webPort, sourcePort] = [await freePort(), await freePort()];
  const statsSourceUrl = `http://127.0.0.1:${sourcePort}`;
  const url = `http://127.0.0.1:${webPort}`;
  const shared = {
    ...sharedEnvironment(consoleDatabase.url, withRole(warehouseDatabase.url, READER_ROLE), now),
    INGESTION_COMMAND: JSON.stringify(ingestion.command),
    INGESTION_CWD: ingestion.cwd,
  };
  const node = process.execPath;
  const programs: ChildProgram[] = [];
  const start = (name: string, argv: string[], env: Record<string, string>) => {
    const program = startProgram(name, argv, env, ROOT);
    programs.push(program);
    return program;
  };
  start("stats source", [node, "dist/sandbox/stats-source.mjs"], {
    STATS_SOURCE_HOST: "127.0.0.1",
    STATS_SOURCE_PORT: String(sourcePort),
    SANDBOX_ANCHOR_DATE: anchorDate,
  });
  start("scheduled transform", [node, "dist/sandbox/scheduled-transform.mjs"], {
    SANDBOX_TRANSFORM_URL: withRole(warehouseDatabase.url, PIPELINE_ROLE),
    SANDBOX_TRANSFORM_EVERY_MS: "500",
  });
  const startWorker = () =>
    start("worker", [node, "dist/worker.mjs"], {
      ...shared,
      ...ingestionEnvironment(withRole(warehouseDatabase.url, PIPELINE_ROLE), statsSourceUrl),
    });
  const worker = startWorker();
  const web = start(
    "web",
    [node, "node_modules/next/dist/bin/next", "start", "-H", "127.0.0.1", "-p", String(webPort)],
    {
      ...shared,
      PORT: String(webPort),
      // A build in a folder of its own, so that others may build in the same checkout meanwhile.
      ...(process.env.NEXT_DIST_DIR ? { NEXT_DIST_DIR: process.env.NEXT_DIST_DIR } : {}),
    },
  );
  const stop = async () => {
    await Promise.all(programs.map((program) => program.stop()));
    await warehouse.end();
    await consoleDatabase.drop();
    await warehouseDatabase.drop();
  };
  try {
    await waitUntilHealthy(url, programs);
  } catch (error) {
    await stop();
    throw error;
  }
  const stack: Stack = {
    url,
    statsSourceUrl,
    warehouse,
    holes: seededHoles(now, anchorDate),
    worker,
    web,
    startWorker() {
      stack.worker = startWorker();
    },
    stop,
  };
  return stack;
}

function sharedEnvironment(databaseUrl: string, warehouseUrl: string, now: Date): Record<string, string> {
  return {
    DATABASE_URL: databaseUrl,
    WAREHOUSE_URL: warehouseUrl,
    REDIS_URL: requireTestService("BACKCOURT_TEST_REDIS_URL"),
    LOG_LEVEL: "info",
    SOURCE_REQUESTS_PER_MINUTE: "100000",
    // Twelve hours from now: whenever the tests run, they are not held back.
    DAILY_RUN_WINDOW: windowAt(new Date(now.getTime() + 12 * 3_600_000)),
    INGESTION_COMMAND: JSON.stringify([
      requireTestService("BACKCOURT_TEST_PYTHON"),
      "-m",
      "scripts.backfill",
    ]),
    INGESTION_CWD: `${ROOT}sandbox/ingestion`,
  };
}

function ingestionEnvironment(pipelineUrl: string, statsSourceUrl: string): Record<string, string> {
  const target = new URL(pipelineUrl);
  return {
    INGESTION_ENV_RDS_USER: target.username,
    INGESTION_ENV_RDS_PW: target.password,
    INGESTION_ENV_IP: target.hostname,
    INGESTION_ENV_RDS_PORT: target.port,
    INGESTION_ENV_RDS_DB: target.pathname.slice(1),
    INGESTION_ENV_RDS_SCHEMA: "bronze",
    INGESTION_ENV_STATS_SOURCE_URL: statsSourceUrl,
  };
}

function withRole(url: string, role: string): string {
  const changed = new URL(url);
  changed.username = role;
  changed.password = PASSWORD;
  return changed.href;
}

function windowAt(moment: Date): string {
  const hour = String(Math.min(moment.getUTCHours(), 22)).padStart(2, "0");
  return `${hour}:00-${hour}:10`;
}

async function waitUntilHealthy(url: string, programs: ChildProgram[]): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (let answer = "none"; ; ) {
    const dead = programs.find((program) => !program.alive());
    if (dead) throw new Error(`The ${dead.name} ended while the stack was starting:\n${dead.output()}`);
    if (Date.now() > deadline) {
      const outputs = programs
        .map((program) => `--- ${program.name}\n${program.output().slice(-3_000)}`)
        .join("\n");
      throw new Error(`The stack is not healthy after 60 s. Last answer: ${answer}\n${outputs}`);
    }
    try {
      const response = await fetch(`${url}/api/health`);
      if (response.ok) return;
      answer = await response.text();
    } catch (error) {
      answer = String(error);
    }
    await sleep(200);
  }
}
