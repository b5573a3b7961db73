import { describe, expect, it, vi } from "vitest";
import type { LogLine } from "@/lib/contracts/log";
import { createSharedPages } from "./shared-pages";

function growingLog() {
  const lines: LogLine[] = [];
  const write = (count: number, text = "line") => {
    for (let i = 0; i < count; i += 1)
      lines.push({ seq: lines.length + 1, at: new Date(0).toISOString(), channel: "stdout", text });
  };
  const readLines = vi.fn(async (_runId: string, after: number, limit: number) =>
    lines.slice(after, after + limit),
  );
  return { write, readLines };
}

describe("createSharedPages", () => {
  it("asks once for 500 readers at the same place, those that come a little later included", async () => {
    const { write, readLines } = growingLog();
    const read = createSharedPages(readLines);
    write(10);
    const pages = await Promise.all(Array.from({ length: 499 }, () => read("a", 0, 100)));
    write(5);
    pages.push(await read("a", 0, 100));
    expect(new Set(pages).size).toBe(1);
    expect(pages[0]).toHaveLength(10);
    expect(readLines).toHaveBeenCalledTimes(1);
    expect(await read("a", 10, 100)).toHaveLength(5);
    expect(readLines).toHaveBeenCalledTimes(2);
  });

  it("asks again where there was nothing yet, for another run, and after a failure", async () => {
    const { write, readLines } = growingLog();
    const read = createSharedPages(readLines);
    expect(await read("a", 0, 100)).toEqual([]);
    write(1);
    expect(await read("a", 0, 100)).toHaveLength(1);
    await read("b", 0, 100);
    readLines.mockRejectedValueOnce(new Error("away"));
    await expect(read("a", 1, 100)).rejects.toThrow("away");
    write(1);
    expect(await read("a", 1, 100)).toHaveLength(1);
    expect(readLines).toHaveBeenCalledTimes(5);
  });

  it("keeps a bounded amount, the newest", async () => {
    const { write, readLines } = growingLog();
    const read = createSharedPages(readLines);
    write(100, "x".repeat(100_000));
    for (let after = 0; after < 100; after += 1) await read("a", after, 1);
    await read("a", 99, 1);
    expect(readLines).toHaveBeenCalledTimes(100);
    await read("a", 0, 1);
    expect(readLines).toHaveBeenCalledTimes(101);
  });
});
