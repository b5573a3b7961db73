/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * @param {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number }} report vitest's JSON report
 * @returns {Counts}
 */
export function countVitest(report) {
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/**
 * @param {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number } }} report Playwright's JSON report
 * @returns {Counts & { note?: string }} a flaky test, which passed only when CI tried it again, is named in the note
 */
export function countPlaywright({ stats }) {
  const counts = {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    skipped: stats.skipped,
  };
  return stats.flaky === 0
    ? counts
    : { ...counts, note: `${stats.flaky} flaky: passed only the second time` };
}

/**
 * What a suite counts for. One that left no report, ran no test, or failed outside its tests (a file that
 * cannot be imported, an error after the last test) counts as one failure more than its tests tell.
 * @param {{ counts?: Counts, exitCode: number }} run
 * @returns {Counts & { note?: string }}
 */
export function judgeSuite({ counts, exitCode }) {
  if (!counts) return { passed: 0, failed: 1, skipped: 0, note: "left no report" };
  if (counts.passed + counts.failed === 0) return { ...counts, failed: 1, note: "ran no test" };
  if (exitCode !== 0 && counts.failed === 0)
    return { ...counts, failed: 1, note: "failed outside its tests" };
  return counts;
}

/**
 * @param {Counts[]} all
 * @returns {string} the closing line, in the one form that any reader of test output knows
 */
export function closingLine(all) {
  const sum = (/** @type {keyof Counts} */ key) => all.reduce((total, counts) => total + counts[key], 0);
  const skipped = sum("skipped");
  return `${sum("passed")} passed, ${sum("failed")} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}
