import { EventEmitter, once } from "node:events";
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import pino from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { DBT_PROJECT_KEY } from "@/lib/contracts/dbt";
import { createDb, type Db } from "@/lib/db";
import { readObservedProject } from "@/lib/dbt/observed-project";
import type { WakeEvent } from "@/lib/events/channel";
import { createRedactor } from "@/lib/logs/redact";
import {
  createConsoleDatabase,
  requireTestService,
  type ThrowawayDatabase,
} from "@/lib/testing/throwaway-database";
import { type DbtObserver, startDbtObserver } from "./observe-dbt-project";

const DBT = join(dirname(requireTestService("BACKCOURT_TEST_PYTHON")), "dbt");
const ODD_PROJECT = fileURLToPath(new URL("../../lib/dbt/testing/odd-project", import.meta.url));

let database: ThrowawayDatabase;
let db: Db;
let folder: string;
let cwd: string;
let observer: DbtObserver | undefined;
/** Stands in for Redis: what workers announce, and what is asked of them. */
let events: EventEmitter;

beforeAll(async () => {
  database = await createConsoleDatabase();
  db = createDb(database.url, "dbt-observer-test");
});
afterAll(async () => {
  await db?.$disconnect();
  await database?.drop();
});
beforeEach(async () => {
  await db.observation.deleteMany();
  folder = mkdtempSync(join(tmpdir(), "backcourt-observer-"));
  cwd = join(folder, "project");
  cpSync(ODD_PROJECT, cwd, { recursive: true });
  events = new EventEmitter();
});
afterEach(async () => {
  await observer?.stop();
  observer = undefined;
  rmSync(folder, { recursive: true, force: true });
});

async function start(command: string[], everyMs = 3_600_000): Promise<void> {
  observer = await startDbtObserver({
    db,
    hub: {
      connected: () => true,
      listen: (listener) => {
        events.on("event", listener);
        return () => events.off("event", listener);
      },
    },
    announce: async (event: WakeEvent) => events.emit("announced", event),
    logger: pino({ level: "silent" }),
    workerId: "worker-1",
    redact: createRedactor(["hunter2"]),
    everyMs,
    scratchRoot: folder,
    project: {
      command,
      cwd,
      target: "dev",
      profilesDir: null,
      env: { PATH: process.env.PATH ?? "", HOME: folder, TMPDIR: folder },
      now: () => new Date(),
      sleep: (ms) => sleep(ms),
    },
  });
}

const news = () => once(events, "announced", { signal: AbortSignal.timeout(30_000) });

describe("a worker's look at the dbt project", { timeout: 60_000 }, () => {
  it("is published at its start and after a change, and announced", async () => {
    const first = news();
    await start([DBT], 200);
    expect(await first).toEqual([{ type: "observation", key: DBT_PROJECT_KEY }]);
    const { project, problem, worker } = await readObservedProject(db);
    expect(project?.projectName).toBe("odd");
    expect(problem).toBeNull();
    expect(worker).toBe("worker-1");

    const second = news();
    writeFileSync(join(cwd, "models/gold/added.sql"), "select 1 as id from {{ ref('players') }}");
    await second;
    expect((await readObservedProject(db)).project?.nodes.map(({ name }) => name)).toContain("added");
  });

  it("tells what is wrong without secrets, and goes on looking", async () => {
    const first = news();
    await start(["sh", "-c", "echo 'Runtime Error: password hunter2 refused'; exit 2"], 200);
    await first;
    expect(await readObservedProject(db)).toMatchObject({
      project: null,
      problem: "dbt parse ended with exit code 2: Runtime Error: password *** refused",
    });
    const second = news();
    rmSync(cwd, { recursive: true });
    await second;
    expect((await readObservedProject(db)).problem).toMatch(/project does not exist on the worker's machine/);
  });

  it("ends a dbt under way, and leaves nothing behind", async () => {
    await start(["sh", "-c", `touch ${folder}/started; sleep 300`]);
    await vi.waitFor(() => expect(existsSync(join(folder, "started"))).toBe(true), 10_000);
    expect(scratchFolders()).toHaveLength(1);
    await observer?.stop();
    observer = undefined;
    expect(scratchFolders()).toEqual([]);
    expect(await db.observation.count()).toBe(0);
  });
});

function scratchFolders(): string[] {
  return readdirSync(folder).filter((name) => name.startsWith(`${process.pid}-`));
}
