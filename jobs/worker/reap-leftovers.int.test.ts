import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { createDb, type Db } from "@/lib/db";
import { identify, identityName } from "@/lib/executors/process-identity";
import { findProcessesOfRun } from "@/lib/executors/processes-of-run";
import { readRecord } from "@/lib/executors/supervisor/read-record";
import { type RunRecord, writeRecord } from "@/lib/executors/supervisor/run-record";
import { createLogger } from "@/lib/logger";
import { runFolderOf, workersFolderOf } from "@/lib/runs/state-folder";
import { createRunningRun } from "@/lib/testing/running-run";
import { createConsoleDatabase, type ThrowawayDatabase } from "@/lib/testing/throwaway-database";
import { reapLeftovers } from "./reap-leftovers";

let database: ThrowawayDatabase;
let db: Db;
let stateFolder: string;
const cleanUps: (() => unknown)[] = [];

beforeAll(async () => {
  database = await createConsoleDatabase();
  db = createDb(database.url, "reap-test");
  stateFolder = mkdtempSync(join(tmpdir(), "backcourt-test-"));
});
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});
afterAll(async () => {
  rmSync(stateFolder, { recursive: true, force: true });
  await db.$disconnect();
  await database.drop();
});

function reaping(now = Date.now()) {
  const logger = createLogger("reap-test", "fatal");
  return { db, stateFolder, logger, now: () => new Date(now), sleep: (ms: number) => sleep(ms) };
}

/** A run under way, and its folder. */
async function activeRun() {
  const { runId } = await createRunningRun(db, { programStartedAt: new Date(), programHost: "here" });
  const folder = runFolderOf(stateFolder, runId);
  mkdirSync(folder, { recursive: true });
  return { runId, folder };
}

describe("reapLeftovers", () => {
  const reap = () => reapLeftovers(reaping());

  function orphan(runId: string) {
    const child = spawn("sleep", ["300"], {
      env: { BACKCOURT_RUN_ID: runId, PATH: process.env.PATH ?? "", NODE_ENV: "test" },
    });
    cleanUps.push(() => child.kill("SIGKILL"));
    return { child, ended: new Promise((resolve) => child.once("exit", (_code, signal) => resolve(signal))) };
  }

  /** An identity that no process has any more. */
  async function deadProcess() {
    const child = spawn("sleep", ["300"]);
    const identity = identify(child.pid ?? 0);
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await ended;
    return identity;
  }

  async function recordOf(runId: string, supervisor: RunRecord["supervisor"]): Promise<RunRecord> {
    return {
      runId,
      worker: await deadProcess(),
      supervisor,
      program: null,
      orderedAt: new Date().toISOString(),
      notStarted: null,
      ended: null,
      lost: null,
      signals: [],
      allGoneAt: null,
    };
  }

  it("ends what a settled run has left running, and forgets its folder", async () => {
    const { runId, folder } = await activeRun();
    writeFileSync(join(folder, "spool.jsonl"), "");
    await db.run.update({ where: { id: runId }, data: { state: "interrupted", claimToken: null } });
    const { ended } = orphan(runId);
    await vi.waitFor(() => expect(findProcessesOfRun(runId)).toHaveLength(1));
    await reap();
    expect(await ended).toBe("SIGINT");
    expect(existsSync(folder)).toBe(false);
  });

  it("ends the program of a run under way whose worker and supervisor are both dead, and keeps its record", async () => {
    const { runId, folder } = await activeRun();
    writeRecord(folder, await recordOf(runId, await deadProcess()));
    const { ended } = orphan(runId);
    await vi.waitFor(() => expect(findProcessesOfRun(runId)).toHaveLength(1));
    await reap();
    expect(await ended).toBe("SIGINT");
    expect(await readRecord(folder)).not.toBeNull();
    await db.run.delete({ where: { id: runId } });
  });

  it("ends what a killed worker did for itself, and removes its files, and no other worker's", async () => {
    const [dead, alive] = [identityName(await deadProcess()), identityName(identify(process.pid))];
    const workers = workersFolderOf(stateFolder);
    for (const owner of [dead, alive]) mkdirSync(join(workers, `${owner}-dbt-x`), { recursive: true });
    const left = orphan(`dbt-parse-${dead}-x`);
    const going = orphan(`dbt-parse-${alive}-x`);
    await vi.waitFor(() => expect(findProcessesOfRun(`dbt-parse-${alive}-x`)).toHaveLength(1));
    await vi.waitFor(() => expect(findProcessesOfRun(`dbt-parse-${dead}-x`)).toHaveLength(1));
    await reap();
    expect(await left.ended).toBe("SIGINT");
    expect(going.child.signalCode).toBeNull();
    expect(readdirSync(workers)).toEqual([`${alive}-dbt-x`]);
  });

  it("leaves a run alone whose supervisor lives, and folders that are not this database's", async () => {
    const { runId, folder } = await activeRun();
    writeRecord(folder, await recordOf(runId, identify(process.pid)));
    const stranger = runFolderOf(stateFolder, randomUUID());
    mkdirSync(stranger);
    const { child } = orphan(runId);
    await vi.waitFor(() => expect(findProcessesOfRun(runId)).toHaveLength(1));
    await reap();
    expect(child.signalCode).toBeNull();
    expect(existsSync(stranger)).toBe(true);
    const later = Date.now() + 8 * 24 * 3_600_000;
    await reapLeftovers(reaping(later));
    expect(existsSync(stranger)).toBe(false);
    await db.run.delete({ where: { id: runId } });
  });
});
