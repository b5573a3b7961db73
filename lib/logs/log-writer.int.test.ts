import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { openCuttableNetwork } from "@/e2e/stack/cuttable-network";
import { createDb, type Db } from "@/lib/db";
import { LOG_LIMITS, TUNABLES } from "@/lib/runs/tunables";
import { createRunningRun } from "@/lib/testing/running-run";
import { createConsoleDatabase, type ThrowawayDatabase } from "@/lib/testing/throwaway-database";
import { LogWriter, type LogWriterOptions } from "./log-writer";
import { rawLog, readLogLines } from "./read-log";
import { recoverSpool } from "./recover-spool";
import { createRedactor } from "./redact";
import { type LogOwner, storeLogBatch } from "./store-log-batch";

let database: ThrowawayDatabase;
let db: Db;
let folder: string;
let owner: LogOwner;

beforeAll(async () => {
  database = await createConsoleDatabase();
  db = createDb(database.url, "log-writer-test");
  folder = mkdtempSync(join(tmpdir(), "backcourt-spool-"));
});
beforeEach(async () => {
  owner = await createRunningRun(db);
});
afterAll(async () => {
  await db.$disconnect();
  await database.drop();
  rmSync(folder, { recursive: true });
});

function writerOf(changes: Partial<LogWriterOptions> = {}): LogWriter {
  return new LogWriter({
    db,
    ...owner,
    redact: createRedactor(["s3cret-pw"]),
    now: () => new Date(),
    spoolFile: join(folder, owner.runId, "spool.jsonl"),
    onStored: () => undefined,
    onRetry: () => undefined,
    sleep: (ms) => sleep(ms),
    ...changes,
  });
}

/** The whole log as a reader gets it, and what the run says of it. */
async function stored(): Promise<{ texts: string[]; lines: number; bytes: number; truncated: boolean }> {
  const texts: string[] = [];
  for (let after = 0; ; ) {
    const page = await readLogLines(db, owner.runId, after, 2_000);
    if (page.length === 0) break;
    expect(page.map(({ seq }) => seq)).toEqual(page.map((_, index) => after + index + 1));
    texts.push(...page.map(({ text }) => text));
    after += page.length;
  }
  const run = await db.run.findUniqueOrThrow({ where: { id: owner.runId } });
  return { texts, lines: run.logLines, bytes: Number(run.logBytes), truncated: run.logTruncated };
}

const numbered = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => `line ${from + i}`);

/** A database behind a wire that can be cut, for the time of `work`. */
async function overWire(work: (wire: { db: Db; cut(): void; hang(): void; mend(): void }) => Promise<void>) {
  const network = await openCuttableNetwork(database.url);
  const far = createDb(network.url, "log-writer-far");
  try {
    await far.$queryRaw`select 1`;
    await work({ db: far, ...network });
  } finally {
    network.mend();
    await far.$disconnect();
    await network.close();
  }
}

describe("LogWriter", { timeout: 120_000 }, () => {
  it("stores a line that comes after a silence at once, and lets those that follow closely share a batch", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    try {
      const batches: number[] = [];
      const writer = writerOf({ onStored: (lastSeq) => batches.push(lastSeq) });
      const quiet = () => db.$queryRaw`select pg_sleep(0.02)::text`;
      writer.write("stdout", "first");
      writer.write("stdout", "in the same breath");
      while (batches.length < 1) await quiet();
      expect(batches).toEqual([2]);
      writer.write("stdout", "close behind");
      await quiet();
      writer.write("stdout", "and another");
      await quiet();
      expect(batches).toEqual([2]);
      vi.advanceTimersByTime(TUNABLES.logFlushMs);
      while (batches.length < 2) await quiet();
      expect(batches).toEqual([2, 4]);
      await writer.close();
    } finally {
      vi.useRealTimers();
    }
  });

  it("keeps lines on disk while the database is away: none lost, none twice, in order, the program not held up", async () => {
    await overWire(async (wire) => {
      const writer = writerOf({ db: wire.db });
      writer.write("stdout", "line 1");
      await writer.flush();
      wire.cut();
      const line = "x".repeat(1_000);
      for (let i = 2; i <= 20_000; i += 1) {
        writer.write("stdout", `${line} ${i}`);
        await writer.room();
      }
      expect(statSync(join(folder, owner.runId, "spool.jsonl")).size).toBeGreaterThan(10_000_000);
      wire.mend();
      writer.write("backcourt", "back");
      const rest = await writer.takeRest();
      await storeLogBatch(db, owner, rest, writer.isFull);
      const { texts, lines, bytes, truncated } = await stored();
      expect(texts.slice(1, -1).map((text) => Number(text.split(" ")[1]))).toEqual(
        numbered(2, 20_000).map((_, i) => i + 2),
      );
      expect({ lines, bytes, truncated }).toEqual({
        lines: 20_001,
        bytes: texts.reduce((sum, text) => sum + text.length + 1, 0),
        truncated: false,
      });
      expect(existsSync(join(folder, owner.runId, "spool.jsonl"))).toBe(false);
    });
  });

  it("stores each line once, though answers of the database are lost again and again", async () => {
    await overWire(async (wire) => {
      const writer = writerOf({ db: wire.db, sleep: () => sleep(5) });
      for (let i = 1; i <= 3_000; i += 1) {
        writer.write("stdout", `line ${i}`);
        if (i % 150 === 0) {
          await sleep(2);
          wire.cut();
          wire.mend();
        }
      }
      await writer.flush();
      expect((await stored()).texts).toEqual(numbered(1, 3_000));
      await writer.close();
    });
  });

  it("says that the log is cut where neither the database nor the disk takes a line, and goes on", async () => {
    await overWire(async (wire) => {
      const retried = vi.fn();
      // A folder below a device that is always full cannot be made.
      const writer = writerOf({ db: wire.db, spoolFile: "/dev/full/spool.jsonl", onRetry: retried });
      writer.write("stdout", "line 1");
      await writer.flush();
      wire.cut();
      const text = "y".repeat(10_000);
      for (let i = 2; i <= 2_000; i += 1) {
        writer.write("stdout", text);
        await writer.room();
      }
      expect(writer.isFull).toBe(true);
      wire.mend();
      await writer.flush();
      const { texts, lines, truncated } = await stored();
      expect(texts.at(-1)).toMatch(/^log truncated: the database is away and the worker's disk/);
      expect(lines).toBe(texts.length);
      expect(lines).toBeGreaterThan(50);
      expect(lines).toBeLessThan(400);
      expect(truncated).toBe(true);
      await writer.close();
    });
  });

  it("puts lines on disk when the database hangs, and stores them when it answers again", async () => {
    await overWire(async (wire) => {
      const writer = writerOf({ db: wire.db });
      writer.write("stdout", "line 1");
      await writer.flush();
      wire.hang();
      for (const text of numbered(2, 5)) writer.write("stdout", text);
      const spoolFile = join(folder, owner.runId, "spool.jsonl");
      await vi.waitFor(() => expect(existsSync(spoolFile)).toBe(true), { timeout: 20_000 });
      writer.write("stdout", "line 6");
      await vi.waitFor(() => expect(readFileSync(spoolFile, "utf8")).toContain('"line 6"'), {
        timeout: 20_000,
      });
      wire.mend();
      await writer.flush();
      expect((await stored()).texts).toEqual(numbered(1, 6));
      await writer.close();
    });
  });

  it("leaves a spool from which another worker completes the log of one that was killed", async () => {
    await overWire(async (wire) => {
      const writer = writerOf({ db: wire.db });
      for (const text of numbered(1, 10)) writer.write("stdout", text);
      await writer.flush();
      wire.cut();
      for (const text of numbered(11, 2_500)) writer.write("stdout", text);
      const spoolFile = join(folder, owner.runId, "spool.jsonl");
      await vi.waitFor(() => expect(readFileSync(spoolFile, "utf8")).toContain('"line 2500"'));
      // A worker that dies in the middle of a write leaves half a line.
      const killed = `${spoolFile}.killed`;
      writeFileSync(killed, `${readFileSync(spoolFile, "utf8")}{"seq":2501,"at":"20`);
      expect(await recoverSpool(db, owner, killed)).toBe(2_490);
      expect((await stored()).texts).toEqual(numbered(1, 2_500));
      expect(existsSync(killed)).toBe(false);
      expect(await recoverSpool(db, owner, killed)).toBe(0);
      wire.mend();
      // Its own writer, had it lived, would have found them stored.
      await writer.flush();
      expect((await stored()).lines).toBe(2_500);
      await writer.close();
    });
  });

  it("writes nothing into the log of a run that someone else holds", async () => {
    const stale = writerOf();
    stale.write("stdout", "mine");
    await stale.flush();
    const token = (await createRunningRun(db)).token;
    await db.run.update({ where: { id: owner.runId }, data: { claimToken: token } });
    stale.write("stdout", "late");
    await stale.flush();
    const heir = writerOf({ token, from: { lines: 1, bytes: 5 } });
    heir.write("stdout", "taken up");
    await heir.flush();
    stale.write("stdout", "later still");
    expect(await stale.takeRest()).toEqual([]);
    expect((await stored()).texts).toEqual(["mine", "taken up"]);
    await heir.close();
  });

  it("caps lines and run, each with a marker, and counts what readers get", async () => {
    const writer = writerOf();
    writer.write("stdout", "z".repeat(LOG_LIMITS.lineLength + 1));
    for (let i = 0; i < LOG_LIMITS.lines + 5; i += 1) {
      writer.write("stdout", "short");
      if (i % 1_000 === 0) await writer.room();
    }
    expect(writer.isFull).toBe(true);
    expect(writer.write("stdout", "dropped")).toBeNull();
    writer.write("backcourt", "exit 0");
    await storeLogBatch(db, owner, await writer.takeRest(), writer.isFull);
    const { texts, lines, truncated } = await stored();
    expect(texts[0]).toHaveLength(LOG_LIMITS.lineLength + " … (line cut)".length);
    expect(texts.slice(-2)).toEqual([
      "log truncated: this run has written more than is kept; the program goes on",
      "exit 0",
    ]);
    expect({ lines, truncated }).toEqual({ lines: texts.length, truncated: true });
    let raw = 0;
    for await (const text of rawLog(db, owner.runId)) raw += text.split("\n").length - 1;
    expect(raw).toBe(lines);
  });
});
