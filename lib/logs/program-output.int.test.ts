import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDb, type Db } from "@/lib/db";
import { LOG_LIMITS } from "@/lib/runs/tunables";
import { createRunningRun } from "@/lib/testing/running-run";
import {
  createConsoleDatabase,
  requireTestService,
  type ThrowawayDatabase,
} from "@/lib/testing/throwaway-database";
import { LogWriter } from "./log-writer";
import { ProgramOutput } from "./program-output";
import { rawLog, readLogLines } from "./read-log";
import { createRedactor } from "./redact";
import { storeLogBatch } from "./store-log-batch";

const SECRET = "correct-horse-battery-staple";
const MEGABYTE = 1024 * 1024;

let database: ThrowawayDatabase;
let db: Db;
let folder: string;

beforeAll(async () => {
  database = await createConsoleDatabase();
  db = createDb(database.url, "program-output-test");
  folder = mkdtempSync(join(tmpdir(), "backcourt-output-"));
});
afterAll(async () => {
  await db.$disconnect();
  await database.drop();
  rmSync(folder, { recursive: true });
});

/** Runs a Python program and stores its log; the memory is the most that was in use beyond the beginning. */
async function logOf(
  code: string,
): Promise<{ texts: string[]; truncated: boolean; exitCode: number; memory: number }> {
  const owner = await createRunningRun(db);
  const log = new LogWriter({
    db,
    ...owner,
    redact: createRedactor([SECRET]),
    now: () => new Date(),
    spoolFile: join(folder, `${owner.runId}.jsonl`),
    onStored: () => undefined,
    onRetry: (error) => expect(error).toBeUndefined(),
    sleep: (ms) => sleep(ms),
  });
  const output = new ProgramOutput(log, () => undefined);
  const inUse = () => {
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const before = inUse();
  let most = before;
  const child = spawn(requireTestService("BACKCOURT_TEST_PYTHON"), ["-c", code], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exit = once(child, "exit");
  for await (const bytes of child.stdout) {
    await output.push("stdout", bytes as Uint8Array);
    most = Math.max(most, inUse());
  }
  output.end();
  const [exitCode] = (await exit) as [number];
  await storeLogBatch(db, owner, await log.takeRest(), log.isFull);
  const run = await db.run.findUniqueOrThrow({ where: { id: owner.runId } });
  const texts: string[] = [];
  for (let after = 0; after < run.logLines; after = texts.length)
    texts.push(...(await readLogLines(db, owner.runId, after, 5_000)).map(({ text }) => text));
  return { texts, truncated: run.logTruncated, exitCode, memory: most - before };
}

describe("a program's bytes", { timeout: 120_000 }, () => {
  it("are stored and read, whatever they are", async () => {
    const { texts, exitCode } = await logOf(`
import os
os.write(1, b"nul \\x00 here\\ninvalid \\xff\\xc3 utf-8\\n10%\\r20%\\rdone\\r\\n")
os.write(1, "separator \\u2028 and euro \\u20ac".encode()[:-1])
os.write(1, "\\u20ac".encode()[-1:] + b"\\n\\x1b[31mred\\x1b[0m \\x07\\n\\n")
os.write(1, b"data: {}\\n\\nevent: done\\n")
os.write(1, "\\ud83d half a pair".encode("utf-8", "surrogatepass") + b"\\nno end")`);
    expect(exitCode).toBe(0);
    expect(texts).toEqual([
      "nul \ufffd here",
      "invalid \ufffd\ufffd utf-8",
      "10%",
      "20%",
      "done",
      "separator \u2028 and euro €",
      "\u001b[31mred\u001b[0m \u0007",
      "",
      "data: {}",
      "",
      "event: done",
      "\ufffd\ufffd\ufffd half a pair",
      "no end",
    ]);
  });

  it("of a line of 100 MB are cut, with a marker, in little memory", async () => {
    const { texts, exitCode, memory } = await logOf(`
import os
for _ in range(1600): os.write(1, b"x" * 65536)
os.write(1, b"\\nnext\\n")`);
    expect(exitCode).toBe(0);
    expect(texts).toEqual([`${"x".repeat(LOG_LIMITS.lineLength)} … (line cut)`, "next"]);
    expect(memory).toBeLessThan(100 * MEGABYTE);
  });

  it("of a whole gigabyte are read to their end, kept up to the cap, in little memory", async () => {
    const { texts, truncated, exitCode, memory } = await logOf(`
import os
block = b"".join(b"[INFO] a line of an ordinary length, as many as there are %06d\\n" % i for i in range(1000))
for _ in range(2**30 // len(block) + 1): os.write(1, block)`);
    expect(exitCode).toBe(0);
    expect(truncated).toBe(true);
    expect(texts).toHaveLength(LOG_LIMITS.lines + 1);
    expect(texts.at(-1)).toMatch(/^log truncated: this run has written more than is kept/);
    expect(memory).toBeLessThan(200 * MEGABYTE);
  });

  it("never show a secret: not across the cut of a long line, nor in pieces of it", async () => {
    const { texts } = await logOf(`
import os
secret = "${SECRET}"
for at in range(${LOG_LIMITS.lineLength} - 40, ${LOG_LIMITS.lineLength} + 10):
    os.write(1, b"x" * at + secret.encode() + b"y" * 20000 + b"\\n")
for at in range(1, len(secret)):
    os.write(1, b"pw " + secret[:at].encode())
    os.write(1, b"\\n" + secret[at:].encode() + b"\\n")`);
    expect(texts.length).toBe(50 + 2 * (SECRET.length - 1));
    const third = Math.ceil(SECRET.length / 3);
    for (const text of texts)
      for (let from = 0; from + third <= SECRET.length; from += 1)
        expect(text).not.toContain(SECRET.slice(from, from + third));
  });

  it("make the same text in the download", async () => {
    const owner = await createRunningRun(db);
    const line = { at: new Date().toISOString(), channel: "stdout" as const };
    await storeLogBatch(
      db,
      owner,
      [
        { ...line, seq: 1, text: "a\u2028b" },
        { ...line, seq: 2, text: "" },
      ],
      false,
    );
    let raw = "";
    for await (const piece of rawLog(db, owner.runId)) raw += piece;
    expect(raw).toBe("a\u2028b\n\n");
  });
});
