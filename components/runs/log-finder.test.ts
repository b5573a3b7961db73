import { describe, expect, test, vi } from "vitest";
import type { LogSearch } from "@/lib/contracts/log";
import { LogFinder } from "./log-finder";
import { logLine, logLines } from "./log-fixtures";
import { LogPages } from "./log-pages";

/** A finder of lines whose number ends in 7, in a log that the server holds up to `stored`. */
function setUp({ stored = 0, listed = 5_000, reach = Number.POSITIVE_INFINITY } = {}) {
  const pages = new LogPages();
  const isFound = (seq: number) => seq % 10 === 7;
  const server = { stored, failures: 0 };
  const ask = vi.fn(async (after: number): Promise<LogSearch> => {
    if (server.failures-- > 0) throw new Error("The Backcourt server cannot be reached.");
    const through = Math.min(server.stored, after + reach);
    const found = [];
    for (let seq = after + 1; seq <= through; seq += 1) if (isFound(seq)) found.push(seq);
    return {
      total: found.length,
      seqs: found.slice(0, listed),
      truncated: found.length > listed || through < server.stored,
      through,
    };
  });
  const onChange = vi.fn();
  const finder = new LogFinder({ pages, isFound: ({ seq }) => isFound(seq), ask, onChange });
  return { pages, finder, ask, onChange, server };
}

describe("LogFinder", () => {
  test("looks through what is held without asking, and through what comes", async () => {
    const { pages, finder, ask } = setUp();
    pages.put(logLines(1, 20));
    await finder.look();
    expect(finder.current).toEqual({ seqs: [7, 17], total: 2, looking: false, problem: null });
    pages.put(logLines(21, 40));
    await finder.look();
    expect(finder.current.seqs).toEqual([7, 17, 27, 37]);
    expect(ask).not.toHaveBeenCalled();
  });

  test("asks the server for what is not held, once, and goes on with what streams in", async () => {
    const { pages, finder, ask, server } = setUp({ stored: 1_000 });
    pages.extend(1_000);
    pages.put(logLines(991, 1_000));
    const looking = finder.look();
    expect(finder.current.looking).toBe(true);
    await looking;
    expect(finder.current).toMatchObject({ total: 100, looking: false });
    server.stored = 1_010;
    pages.put(logLines(1_001, 1_010));
    await finder.look();
    expect(finder.current.total).toBe(101);
    expect(finder.current.seqs.at(-1)).toBe(1_007);
    expect(ask.mock.calls.map(([after]) => after)).toEqual([0]);
  });

  test("leaves the server alone while the missing lines are about to come", async () => {
    const { pages, finder, ask } = setUp({ stored: 100 });
    pages.extend(100);
    await finder.look(false);
    expect(ask).not.toHaveBeenCalled();
    pages.put(logLines(1, 100));
    await finder.look(false);
    expect(finder.current.total).toBe(10);
  });

  test("a server that stops half way is asked again behind it", async () => {
    const { pages, finder, ask } = setUp({ stored: 1_000, reach: 400 });
    pages.extend(1_000);
    await finder.look();
    expect(ask.mock.calls.map(([after]) => after)).toEqual([0, 400, 800]);
    expect(finder.current.total).toBe(100);
  });

  test("counts more than the server lists, lists them when they are wanted, and none twice", async () => {
    const { pages, finder, ask } = setUp({ stored: 1_000, listed: 30 });
    pages.extend(1_000);
    await finder.look();
    expect(finder.current).toMatchObject({ total: 100 });
    expect(finder.current.seqs).toHaveLength(30);
    pages.put(logLines(1_001, 1_010));
    await finder.look();
    expect(finder.current).toMatchObject({ total: 101 });
    expect(finder.current.seqs).toHaveLength(30);
    await finder.listMore();
    expect(finder.current.seqs).toHaveLength(60);
    expect(new Set(finder.current.seqs).size).toBe(60);
    expect(finder.current.total).toBe(101);
    expect(ask.mock.calls.map(([after]) => after)).toEqual([0, 297]);
  });

  test("counts a line once that comes while the server is asked, also where it lists no more", async () => {
    const { pages, finder, server } = setUp({ stored: 1_000, listed: 30 });
    pages.extend(1_000);
    await finder.look();
    server.stored = 1_020;
    pages.extend(1_020);
    const looking = finder.look();
    pages.put(logLines(1_001, 1_010));
    await finder.look();
    await looking;
    expect(finder.current).toMatchObject({ total: 102, looking: false });
  });

  test("says why it cannot look, keeps what it has, and looks on when asked again", async () => {
    const { pages, finder, server } = setUp({ stored: 100 });
    pages.put(logLines(1, 10));
    pages.extend(100);
    server.failures = 1;
    await finder.look();
    expect(finder.current).toMatchObject({
      seqs: [7],
      looking: false,
      problem: "The Backcourt server cannot be reached.",
    });
    await finder.look();
    expect(finder.current).toMatchObject({ total: 10, problem: null });
  });

  test("a log that claims more lines than are stored is not asked about for ever", async () => {
    const { pages, finder, ask } = setUp({ stored: 50 });
    pages.extend(60);
    await finder.look();
    expect(ask).toHaveBeenCalledTimes(2);
    expect(finder.current).toMatchObject({ total: 5, looking: false });
  });

  test("closed, it takes no answer any more", async () => {
    const { pages, finder } = setUp({ stored: 50 });
    pages.extend(50);
    const looking = finder.look();
    finder.close();
    await looking;
    expect(finder.current.total).toBe(0);
  });

  test("tells of a change once, and not of a look that found nothing new", async () => {
    const { pages, finder, onChange } = setUp();
    pages.put([logLine(1)]);
    await finder.look();
    expect(onChange).not.toHaveBeenCalled();
    pages.put(logLines(2, 9));
    await finder.look();
    await finder.look();
    expect(onChange).toHaveBeenCalledTimes(1);
  });
});
