import { describe, expect, it } from "vitest";
import { closingLine, countPlaywright, countVitest, judgeSuite } from "./count-results.mjs";

describe("counting", () => {
  it("reads vitest's report", () => {
    const report = { numPassedTests: 4, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 };
    expect(countVitest(report)).toEqual({ passed: 4, failed: 1, skipped: 3 });
  });

  it("names a flaky end-to-end test", () => {
    const report = { stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 0 } };
    const note = "1 flaky: passed only the second time";
    expect(countPlaywright(report)).toEqual({ passed: 6, failed: 1, skipped: 0, note });
  });
});

describe("judgeSuite", () => {
  const passing = { passed: 3, failed: 0, skipped: 0 };

  it.each([
    ["keeps what the runner counted", { counts: passing, exitCode: 0 }, { failed: 0 }],
    ["fails without a report", { exitCode: 0 }, { failed: 1, note: "left no report" }],
    [
      "fails when no test ran",
      { counts: { passed: 0, failed: 0, skipped: 2 }, exitCode: 0 },
      { failed: 1, note: "ran no test" },
    ],
    [
      "fails with its runner",
      { counts: passing, exitCode: 1 },
      { passed: 3, failed: 1, note: "failed outside its tests" },
    ],
    [
      "adds nothing to failed tests",
      { counts: { passed: 1, failed: 2, skipped: 0 }, exitCode: 1 },
      { failed: 2 },
    ],
  ])("%s", (_name, run, expected) => {
    expect(judgeSuite(run)).toMatchObject(expected);
  });
});

describe("closingLine", () => {
  it("sums all suites", () => {
    const all = [
      { passed: 3, failed: 0, skipped: 0 },
      { passed: 10, failed: 2, skipped: 0 },
    ];
    expect(closingLine(all)).toBe("13 passed, 2 failed");
    expect(closingLine([...all, { passed: 0, failed: 0, skipped: 4 }])).toBe(
      "13 passed, 2 failed, 4 skipped",
    );
  });
});
