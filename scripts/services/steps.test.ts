import { describe, expect, it } from "vitest";
import { createSteps, formatDuration, formatStep } from "./steps.mjs";

describe("formatDuration", () => {
  it.each([
    [0, "0.0 s"],
    [449, "0.4 s"],
    [12_345, "12.3 s"],
    [59_940, "59.9 s"],
    [59_990, "1 min 00 s"],
    [125_000, "2 min 05 s"],
  ])("%d ms is %s", (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});

describe("createSteps", () => {
  function plainSteps() {
    const lines: string[] = [];
    let time = 0;
    const stream = {
      isTTY: false,
      write: (text: string) => lines.push(text),
    } as unknown as NodeJS.WriteStream;
    return { lines, ...createSteps({ stream, now: () => (time += 1_000) }) };
  }

  it("prints one plain line a step where there is no terminal", async () => {
    const { lines, step } = plainSteps();
    expect(
      await step("Redis", (detail) => {
        detail("127.0.0.1:6379");
        return 7;
      }),
    ).toBe(7);
    expect(lines).toEqual([
      `${formatStep({ glyph: "✓", title: "Redis", ms: 1_000, detail: "127.0.0.1:6379" })}\n`,
    ]);
  });

  it("marks a step that fails and passes its error on", async () => {
    const { lines, step } = plainSteps();
    await expect(step("Redis", () => Promise.reject(new Error("gone")))).rejects.toThrow("gone");
    expect(lines.join("")).toContain("✗ Redis");
  });
});
