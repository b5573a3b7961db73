import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Client } from "pg";
import { easternDate } from "@/lib/game-date";
import { createConsoleDatabase, requireTestService } from "@/lib/testing/throwaway-database";
import { copyDbtProject } from "@/sandbox/testing/run-dbt";
import { createThrowawayWarehouse } from "@/sandbox/testing/throwaway-warehouse";
import { seedWarehouse } from "@/sandbox/warehouse/fill-warehouse";
import { type SeededHole, seededHoles } from "@/sandbox/warehouse/seeded-holes";
import { type ChildProgram, startProgram } from "./child-program";
import { dashboardEnvironment, ecsEnvironment } from "./dashboard-service";
import { freePort } from "./free-port";
import {
  dbtEnvironment,
  type IngestionProgram,
  ingestionEnvironment,
  mlEnvironment,
  type ProgramEnvironment,
} from "./program-environment";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** A whole Backcourt on loopback: its stores, its processes, and the sandbox that stands in for the pipeline. */
export type Stack = {
  url: string;
  statsSourceUrl: string;
  /** The sandbox's ECS, with its `/control`, and the dashboard's own address. */
  ecsUrl: string;
  dashboardUrl: string;
  /** A superuser's session in the warehouse. */
  warehouse: Client;
  holes: SeededHole[];
  /** This stack's own copy of the sandbox's dbt project. */
  dbtFolder: string;
  worker: ChildProgram;
  web: ChildProgram;
  /** Starts another worker, in place of one that was killed. */
  startWorker(): void;
  stop(): Promise<void>;
};

export type StackOptions = {
  /** In the sandbox's ingestion's place. */
  ingestion?: IngestionProgram;
  /** Further variables of dbt, such as SANDBOX_DBT_SLEEP_SECONDS. */
  dbtEnv?: Record<string, string>;
  /** SQL that makes another warehouse of the seeded one: other types, fewer tables. */
  reshapeWarehouse?: string;
  /** Whether the console knows of the dashboard's service; true unless said otherwise. */
  dashboardConfigured?: boolean;
};

/** Starts everything and waits until the console's own health page says that every part is up. */
export async function startStack({
  ingestion,
  dbtEnv = {},
  reshapeWarehouse = "",
  dashboardConfigured = true,
}: StackOptions = {}): Promise<Stack> {
  const now = new Date();
  const anchorDate = easternDate(now);
  const consoleDatabase = await createConsoleDatabase();
  const warehouse = await createThrowawayWarehouse();
  await seedWarehouse({ client: warehouse.admin, now, anchorDate });
  await warehouse.admin.query(reshapeWarehouse);

  const checkout = copyDbtProject();
  const [webPort, sourcePort] = [await freePort(), await freePort()];
  const dashboardPorts = { ecsPort: await freePort(), pagePort: await freePort() };
  const statsSourceUrl = `http://127.0.0.1:${sourcePort}`;
  const url = `http://127.0.0.1:${webPort}`;
  const warehouseUrl = warehouse.pipelineUrl;
  const pipeline: ProgramEnvironment[] = [
    ingestionEnvironment({ program: ingestion, warehouseUrl, statsSourceUrl }),
    dbtEnvironment({ checkout, warehouseUrl, variables: dbtEnv }),
    mlEnvironment({ warehouseUrl }),
    ...(dashboardConfigured ? [dashboardEnvironment(dashboardPorts)] : []),
  ];
  const shared: Record<string, string> = Object.assign(
    sharedEnvironment(consoleDatabase.url, warehouse.readerUrl, now),
    ...pipeline.map(({ both }) => both),
  );
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
  start("ecs", [node, "dist/sandbox/ecs.mjs"], ecsEnvironment(dashboardPorts, warehouse.readerUrl));
  const startWorker = () =>
    start(
      "worker",
      [node, "dist/worker.mjs"],
      Object.assign({ ...shared }, ...pipeline.map(({ worker }) => worker)),
    );
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
    checkout.remove();
    await consoleDatabase.drop();
    await warehouse.drop();
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
    ecsUrl: `http://127.0.0.1:${dashboardPorts.ecsPort}`,
    dashboardUrl: `http://127.0.0.1:${dashboardPorts.pagePort}`,
    warehouse: warehouse.admin,
    holes: seededHoles(now, anchorDate),
    dbtFolder: checkout.folder,
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
  };
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
