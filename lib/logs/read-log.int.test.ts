import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { lineLevel } from "@/components/runs/line-level";
import { type LogLine, logSearchRequestSchema } from "@/lib/contracts/log";
import { createDb, type Db } from "@/lib/db";
import { LOG_LIMITS } from "@/lib/runs/tunables";
import { createRunningRun } from "@/lib/testing/running-run";
import { createConsoleDatabase, type ThrowawayDatabase } from "@/lib/testing/throwaway-database";
import { rawLog, readLogLines } from "./read-log";
import { searchLog } from "./search-log";
import { storeLogBatch } from "./store-log-batch";

let database: ThrowawayDatabase;
let db: Db;

beforeAll(async () => {
  database = await createConsoleDatabase();
  db = createDb(database.url, "read-log-test");
});
afterAll(async () => {
  await db.$disconnect();
  await database.drop();
});

/** A stored log in batches of `size` lines. */
async function storeLog(texts: readonly string[], size: number): Promise<string> {
  const owner = await createRunningRun(db);
  const lines = texts.map(
    (text, index): LogLine => ({ seq: index + 1, at: new Date(0).toISOString(), channel: "stdout", text }),
  );
  for (let from = 0; from < lines.length; from += size)
    await storeLogBatch(db, owner, lines.slice(from, from + size), false);
  return owner.runId;
}

describe("readLogLines", { timeout: 120_000 }, () => {
  it.each([1, 7, 500])("gives any page of a log that was stored %i lines at a time", async (size) => {
    const texts = Array.from({ length: 1_200 }, (_, i) => `line ${i + 1}`);
    const runId = await storeLog(texts, size);
    for (const [after, limit] of [
      [0, 1_000],
      [3, 1],
      [499, 3],
      [1_199, 100],
      [1_200, 100],
      [1_000_000_000, 5_000],
    ] as const) {
      const page = await readLogLines(db, runId, after, limit);
      expect(page.map(({ text }) => text)).toEqual(texts.slice(after, after + limit));
    }
  });

  it("bounds a page by its bytes, and goes on behind it", async () => {
    const long = "x".repeat(LOG_LIMITS.lineLength);
    const texts = Array.from({ length: 300 }, (_, i) => `${i + 1} ${long}`);
    const runId = await storeLog(texts, 10);
    const page = await readLogLines(db, runId, 0, 5_000);
    expect(page.length * long.length).toBeGreaterThan(LOG_LIMITS.pageBytes);
    expect(page.length * long.length).toBeLessThan(LOG_LIMITS.pageBytes * 1.5);
    expect((await readLogLines(db, runId, page.length, 1))[0]?.seq).toBe(page.length + 1);
    let raw = "";
    for await (const text of rawLog(db, runId)) raw += text;
    expect(raw).toBe(texts.map((text) => `${text}\n`).join(""));
  });
});

describe("searchLog", () => {
  const search = async (
    runId: string,
    wanted: object,
    clock = () => 0,
    signal = new AbortController().signal,
  ) => {
    const { logLines } = await db.run.findUniqueOrThrow({ where: { id: runId } });
    return searchLog({ db, runId, logLines, wanted: logSearchRequestSchema.parse(wanted), signal, clock });
  };

  it.each([
    ["any case", { q: "BOX scores" }, [2, 5]],
    ["across colours", { q: "error] box" }, [2]],
    ["characters that mean something to SQL and JSON", { q: "100%_\"'\\" }, [4]],
    ["behind a line", { q: "box scores", after: 2 }, [5]],
    ["behind the end", { q: "box scores", after: 99 }, []],
    ["nothing", { q: "no such text" }, []],
    ["a terminal sequence is no text", { q: "[31m" }, []],
    ["errors", { level: "error" }, [2, 6]],
  ])("finds %s", async (_name, wanted, seqs) => {
    const runId = await storeLog(
      [
        "[INFO] started",
        "\u001b[31m[ERROR]\u001b[0m Box Scores Function Failed",
        "[WARNING] slow",
        "100%_\"'\\ done",
        "box scores written",
        "Traceback (most recent call last):",
        "said Traceback (most recent call last):",
      ],
      3,
    );
    expect(await search(runId, wanted)).toEqual({ total: seqs.length, seqs, truncated: false, through: 7 });
  });

  it("calls the same lines errors as the page does", async () => {
    const texts = [
      "[ERROR] x",
      "[CRITICAL]",
      "x [ERROR]",
      "ERROR",
      "[error]",
      " Traceback (most recent call last)",
    ];
    const { seqs } = await search(await storeLog(texts, 10), { level: "error" });
    expect(seqs).toEqual(texts.flatMap((text, i) => (lineLevel(text) === "error" ? [i + 1] : [])));
  });

  it("counts what it does not list, says how far it came in its time, and stops when nobody waits", async () => {
    const texts = Array.from({ length: 45_000 }, (_, i) => (i % 5 === 0 ? "hit" : "miss"));
    const runId = await storeLog(texts, 500);
    const whole = await search(runId, { q: "hit" });
    expect(whole).toMatchObject({ total: 9_000, truncated: true, through: 45_000 });
    expect(whole.seqs).toEqual(Array.from({ length: 5_000 }, (_, i) => i * 5 + 1));
    const clock = [0, 3_000, 6_000];
    const slow = await search(runId, { q: "hit" }, () => clock.shift() ?? 9_000);
    expect(slow).toMatchObject({ total: 4_000, truncated: true, through: 20_000 });
    const gone = new AbortController();
    gone.abort();
    expect(await search(runId, { q: "hit" }, () => 0, gone.signal)).toMatchObject({ total: 0, through: 0 });
  });

  it.each([
    {},
    { q: "" },
    { q: "a", level: "error" },
    { q: "a\u0000" },
    { q: "a".repeat(201) },
    { q: "a", x: 1 },
  ])("refuses %j", (wanted) => expect(logSearchRequestSchema.safeParse(wanted).success).toBe(false));
});
