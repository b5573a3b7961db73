import { describe, expect, test, vi } from "vitest";
import type { LogPage, LogSearch } from "@/lib/contracts/log";
import { logLine, logLines } from "./log-fixtures";
import { PAGE_LINES } from "./log-pages";
import { RunLog } from "./run-log";

/** A log of which the server has `stored()` lines, in answers of at most `most`. */
function setUp(stored: () => number, { failures = 0, most = PAGE_LINES, text = "" } = {}) {
  const asked: number[] = [];
  let left = failures;
  const sleep = vi.fn(async () => {});
  const search = vi.fn(
    async (_wanted: object, after: number): Promise<LogSearch> => ({
      total: after < 50 ? 1 : 0,
      seqs: after < 50 ? [50] : [],
      truncated: false,
      through: stored(),
    }),
  );
  const log = new RunLog({
    fetchPage: async (after, limit): Promise<LogPage> => {
      asked.push(after);
      if (left-- > 0) throw new Error("The Backcourt server cannot be reached.");
      return {
        lines: logLines(after + 1, Math.min(stored(), after + Math.min(limit, most))).map((line) =>
          text === "" ? line : { ...line, text },
        ),
        total: stored(),
      };
    },
    search,
    schedule: (tell) => tell(),
    sleep,
  });
  return { log, asked, sleep, search };
}

describe("RunLog, what is read", () => {
  test("a short log is read whole, the end first", async () => {
    const { log, asked, search } = setUp(() => 2_500);
    log.expect(2_500);
    await log.load(false, 2_500);
    expect(asked).toEqual([2_000, 0, 1_000]);
    expect(log.pages.held).toBe(2_500);
    expect(log.state).toEqual({ status: "complete", problem: null });
    expect(search).not.toHaveBeenCalled();
  });

  test("of a long one only what is looked at, and its errors are asked for", async () => {
    const { log, asked, search } = setUp(() => 100_000);
    log.expect(100_000, 50_000);
    await log.load(false, 100_000);
    expect(asked).toEqual([49_000]);
    expect(log.pages.line(50_000)?.text).toBe("line 50000");
    await vi.waitFor(() => expect(log.errors.current.seqs).toEqual([50]));
    expect(search.mock.calls.map(([wanted, after]) => [wanted, after])).toEqual([[{ level: "error" }, 0]]);
    log.look(10, 80);
    await vi.waitFor(() => expect(log.pages.line(10)).toBeDefined());
    expect(asked).toEqual([49_000, 0]);
  });

  test("one of few lines, too long to be held all, is no longer read whole but asked", async () => {
    const { log, asked, search } = setUp(() => 5_000, { text: "x".repeat(4_000) });
    log.expect(5_000);
    await log.load(false, 5_000);
    // The fourth page was one too many; none is read a second time.
    expect(asked).toEqual([4_000, 0, 1_000, 2_000]);
    await vi.waitFor(() => expect(log.errors.current.seqs).toEqual([50]));
    expect(search).toHaveBeenCalledTimes(1);
  });

  test("the middle of the view comes before its edges", async () => {
    const { log, asked } = setUp(() => 100_000);
    log.expect(100_000);
    log.look(9_900, 11_100);
    await log.load(false, 100_000);
    expect(asked).toEqual([10_000, 9_000, 11_000]);
  });

  test("an answer that is cut short goes on behind its last line", async () => {
    const { log, asked } = setUp(() => 900, { most: 400 });
    log.expect(900);
    await log.load(false, 900);
    expect(asked).toEqual([0, 400, 800]);
    expect(log.pages.held).toBe(900);
  });

  test("an empty log is complete, or followed", async () => {
    const finished = setUp(() => 0);
    await finished.log.load(false, 0);
    expect(finished.log.state.status).toBe("complete");
    const live = setUp(() => 0);
    await live.log.load(true, 0);
    expect(live.log.state.status).toBe("following");
  });

  test("says why it cannot read, tries again less and less often, and goes on", async () => {
    const { log, sleep } = setUp(() => 4, { failures: 6 });
    const seen: string[] = [];
    log.subscribe(() => seen.push(log.state.status));
    log.expect(4);
    await log.load(false, 4);
    expect(sleep.mock.calls.map(([wait]: unknown[]) => wait)).toEqual([
      1_000, 2_000, 4_000, 8_000, 15_000, 15_000,
    ]);
    expect(seen).toContain("failed");
    expect(log.state).toEqual({ status: "complete", problem: null });
    expect(log.pages.held).toBe(4);
  });

  test("closed in the middle, it can be loaded again, and only the second load counts", async () => {
    const { log } = setUp(() => 3_000);
    log.expect(3_000);
    const first = log.load(true, 3_000);
    log.close();
    const second = log.load(true, 3_000);
    await first;
    expect(log.state.status).toBe("loading");
    await second;
    expect(log.pages.held).toBe(3_000);
    expect(log.state.status).toBe("following");
  });

  test("what storage does not have is not asked for for ever", async () => {
    const { log, asked } = setUp(() => 3);
    log.expect(9);
    await log.load(false, 9);
    expect(asked).toEqual([0, 3]);
    expect(log.state.status).toBe("complete");
  });
});

describe("RunLog, the stream", () => {
  test("nothing stored yet: it brings all from the first line on, and no page is asked for", async () => {
    const { log, asked } = setUp(() => 0);
    void log.load(true, 0);
    expect(log.state.status).toBe("following");
    log.receive(logLines(1, 3));
    await log.load(true, 3);
    expect(log.state.status).toBe("following");
    log.end();
    await log.load(true, 3);
    expect(log.state.status).toBe("complete");
    expect(log.pages.held).toBe(3);
    expect(asked).toEqual([]);
  });

  test("read early, and its run over before the page is there: completed from storage", async () => {
    const { log, asked } = setUp(() => 5);
    void log.load(true, 0);
    log.receive(logLines(1, 3));
    log.expect(5);
    await log.load(false, 5);
    expect(log.state.status).toBe("complete");
    expect(log.pages.held).toBe(5);
    expect(asked).toEqual([3]);
  });

  test("joins a long log at its end and follows behind it, each line once", async () => {
    const { log, asked } = setUp(() => 100_000);
    log.expect(100_000);
    await log.load(true, 100_000);
    log.receive(logLines(99_998, 100_003));
    expect(log.pages.extent).toBe(100_003);
    expect(asked).toEqual([99_000]);
    log.end();
    expect(log.state.status).toBe("complete");
  });

  test("a hole is filled from storage", async () => {
    let stored = 3;
    const { log, asked } = setUp(() => stored);
    log.expect(3);
    await log.load(true, 3);
    stored = 10;
    log.receive(logLines(8, 10));
    log.receive(logLines(11, 12));
    await vi.waitFor(() => expect(log.pages.held).toBe(12));
    expect(asked).toEqual([0, 3]);
  });

  test("what the run says it wrote is made sure of", async () => {
    let stored = 3;
    const { log } = setUp(() => stored);
    log.expect(3);
    await log.load(false, 3);
    stored = 5;
    log.noteWritten(5);
    await vi.waitFor(() => expect(log.pages.held).toBe(5));
  });

  test("errors and finds go on with what comes, through colours and whatever the case", async () => {
    const { log } = setUp(() => 0);
    await log.load(true, 0);
    log.receive([
      logLine(1, "[INFO] fine, 0 errors"),
      logLine(2, "\u001b[31m[ERROR]\u001b[0m Failed"),
      logLine(3, "31m"),
    ]);
    const finder = log.find("failed");
    expect(finder?.current.seqs).toEqual([2]);
    expect(log.find("31M")?.current.seqs).toEqual([3]);
    log.receive([logLine(4, "[CRITICAL] worse")]);
    expect(log.errors.current.seqs).toEqual([2, 4]);
    expect(log.find("")).toBeNull();
  });
});
