import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Client } from "pg";
import type { Role } from "@/lib/contracts/roles";
import { easternDate } from "@/lib/game-date";
import {
  createConsoleDatabase,
  requireTestService,
  type ThrowawayDatabase,
} from "@/lib/testing/throwaway-database";
import { copyDbtProject } from "@/sandbox/testing/run-dbt";
import { createThrowawayWarehouse } from "@/sandbox/testing/throwaway-warehouse";
import { seedWarehouse } from "@/sandbox/warehouse/fill-warehouse";
import { type SeededHole, seededHoles } from "@/sandbox/warehouse/seeded-holes";
import { WORKER_FLAGS } from "@/scripts/stack/worker-flags.mjs";
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
import { createStackPeople, STACK_PEOPLE, signInTo } from "./stack-people";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
// As with NEXT_DIST_DIR: bundles in a folder of their own, so that others may build in the same checkout.
const BUNDLES = process.env.BUNDLES_DIR ?? "dist";

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
  /** An admin's session, as a Cookie header has it. */
  session: string;
  /** Signs in the stack's person of that role; gives another session's cookie. */
  signIn(role: Role): Promise<string>;
  /** A superuser's URL of the console's own database. */
  databaseUrl: string;
  /** Starts another worker, in place of one that was killed or beside it; `changes` are to its environment and command. */
  startWorker(changes?: WorkerChanges): ChildProgram;
  /** Starts the web again on its port, in place of one that has ended. */
  startWeb(): ChildProgram;
  /** Resolves once the console's own health page says that every part is up. */
  healthy(): Promise<void>;
  stop(): Promise<void>;
};

export type WorkerChanges = {
  env?: Record<string, string>;
  /** What runs the worker's command, which is appended: `["unshare", "-m"]`. */
  wrapper?: string[];
};

export type StackOptions = {
  /** Stores of the test's own, which it may kill; else those that all tests share. */
  stores?: { database: ThrowawayDatabase; redisUrl: string };
  /** Another way to the warehouse than straight, such as a network that can be cut. */
  wayToWarehouse?(url: string): Promise<string>;
  /** Further variables of the web, of every worker, or of both. */
  env?: { web?: Record<string, string>; worker?: Record<string, string>; both?: Record<string, string> };
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
  stores,
  wayToWarehouse = async (url) => url,
  env = {},
  ingestion,
  dbtEnv = {},
  reshapeWarehouse = "",
  dashboardConfigured = true,
}: StackOptions = {}): Promise<Stack> {
  const now = new Date();
  const anchorDate = easternDate(now);
  const consoleDatabase = stores?.database ?? (await createConsoleDatabase());
  const warehouse = await createThrowawayWarehouse();
  await seedWarehouse({ client: warehouse.admin, now, anchorDate });
  await warehouse.admin.query(reshapeWarehouse);
  await createStackPeople(consoleDatabase.adminUrl);

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
    sharedEnvironment(consoleDatabase.url, await wayToWarehouse(warehouse.readerUrl), now),
    stores ? { REDIS_URL: stores.redisUrl } : {},
    ...pipeline.map(({ both }) => both),
    env.both,
  );
  const authEnvironment = webAuthEnvironment(url);
  // Workers of another stack on this machine must not take our programs for leftovers of theirs.
  const stateFolder = mkdtempSync(join(tmpdir(), "backcourt-state-"));
  const node = process.execPath;
  const programs: ChildProgram[] = [];
  const start = (name: string, argv: string[], variables: Record<string, string>) => {
    const program = startProgram(name, argv, variables, ROOT);
    programs.push(program);
    return program;
  };
  start("stats source", [node, `${BUNDLES}/sandbox/stats-source.mjs`], {
    STATS_SOURCE_HOST: "127.0.0.1",
    STATS_SOURCE_PORT: String(sourcePort),
    SANDBOX_ANCHOR_DATE: anchorDate,
  });
  start("ecs", [node, `${BUNDLES}/sandbox/ecs.mjs`], ecsEnvironment(dashboardPorts, warehouse.readerUrl));
  const startWorker = (changes: WorkerChanges = {}) =>
    start(
      "worker",
      [...(changes.wrapper ?? []), node, ...WORKER_FLAGS, `${BUNDLES}/worker.mjs`],
      Object.assign(
        { ...shared, WORKER_STATE_DIR: stateFolder },
        ...pipeline.map(({ worker }) => worker),
        env.worker,
        changes.env,
      ),
    );
  const startWeb = () =>
    start(
      "web",
      [node, "node_modules/next/dist/bin/next", "start", "-H", "127.0.0.1", "-p", String(webPort)],
      {
        ...shared,
        ...authEnvironment,
        PORT: String(webPort),
        // A build in a folder of its own, so that others may build in the same checkout meanwhile.
        ...(process.env.NEXT_DIST_DIR ? { NEXT_DIST_DIR: process.env.NEXT_DIST_DIR } : {}),
        ...env.web,
      },
    );
  const stop = async () => {
    await Promise.all(programs.map((program) => program.stop()));
    checkout.remove();
    rmSync(stateFolder, { recursive: true, force: true });
    await consoleDatabase.drop();
    await warehouse.drop();
  };
  const stack: Stack = {
    url,
    statsSourceUrl,
    ecsUrl: `http://127.0.0.1:${dashboardPorts.ecsPort}`,
    dashboardUrl: `http://127.0.0.1:${dashboardPorts.pagePort}`,
    warehouse: warehouse.admin,
    holes: seededHoles(now, anchorDate),
    dbtFolder: checkout.folder,
    databaseUrl: consoleDatabase.adminUrl,
    worker: startWorker(),
    web: startWeb(),
    startWorker(changes) {
      stack.worker = startWorker(changes);
      return stack.worker;
    },
    startWeb() {
      stack.web = startWeb();
      return stack.web;
    },
    session: "",
    signIn: (role) => signInTo(url, STACK_PEOPLE[role]),
    healthy: () => waitUntilHealthy(url, [stack.web, stack.worker]),
    stop,
  };
  try {
    await waitUntilHealthy(url, programs);
    stack.session = await stack.signIn("admin");
  } catch (error) {
    await stop();
    throw error;
  }
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

/** Sign-in as on any installation, and no limit that a busy test would meet. */
function webAuthEnvironment(url: string): Record<string, string> {
  return {
    AUTH_SECRET: randomBytes(24).toString("hex"),
    PUBLIC_URL: url,
    RUNS_PER_MINUTE: "1000000",
    STREAMS_PER_PERSON: "10000",
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
      const response = await fetch(`${url}/api/health/live`);
      if (response.ok) return;
      answer = await response.text();
    } catch (error) {
      answer = String(error);
    }
    await sleep(200);
  }
}
