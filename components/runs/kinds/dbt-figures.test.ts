import { describe, expect, test } from "vitest";
import type { DbtReceipt } from "@/lib/contracts/run-kinds/dbt";
import type { RunDetail } from "@/lib/contracts/runs";
import { dbtExitFigure, modelsFigure, silverFigure, testsFigure } from "./dbt-figures";

const at = "2026-11-22T12:06:00.000Z";

function receiptOf(change: Partial<DbtReceipt> = {}): DbtReceipt {
  return {
    kind: "dbt",
    before: { measuredAt: at },
    after: { measuredAt: at },
    unmeasured: null,
    mended: [],
    leftBehind: [],
    gold: [],
    models: { wanted: 3, built: 3, errored: 0, skipped: 0 },
    tests: { wanted: 5, passed: 5, warned: 0, failed: 0, skipped: 0 },
    unfinished: [],
    mend: null,
    explainedBy: null,
    ...change,
  };
}

const behind = (date: string, wanted = true): DbtReceipt["leftBehind"][number] => ({
  date,
  cause: "watermark",
  text: "",
  isNew: false,
  wanted,
});

describe("silver", () => {
  test.each<[string, Partial<DbtReceipt>, string, string, string]>([
    ["all mended", { mended: ["2026-11-19"] }, "1 date mended", "none is behind", "whole"],
    [
      "some left",
      { mended: ["2026-11-19", "2026-11-20"], leftBehind: [behind("2026-11-02")] },
      "1 date behind",
      "2 mended",
      "partial",
    ],
    [
      "left by another selection than this",
      { leftBehind: [behind("2026-11-02", false)] },
      "1 date behind",
      "not of this selection",
      "plain",
    ],
    [
      "one of this selection and one of another",
      { mended: ["2026-11-19"], leftBehind: [behind("2026-11-02"), behind("2026-11-03", false)] },
      "2 dates behind",
      "1 mended, 1 not of this selection",
      "partial",
    ],
    ["nothing mended", { leftBehind: [behind("2026-11-02")] }, "1 date behind", "none mended", "partial"],
    ["nothing to mend", {}, "no date behind", "before and after", "plain"],
    ["not measured", { after: null, unmeasured: "It is down." }, "not measured", "It is down.", "partial"],
  ])("%s", (_name, change, value, note, tone) =>
    expect(silverFigure(receiptOf(change))).toEqual({ value, note, tone }),
  );
});

describe("models", () => {
  test.each<[DbtReceipt["models"], string, string, string]>([
    [{ wanted: 3, built: 3, errored: 0, skipped: 0 }, "3 of 3", "built", "whole"],
    [{ wanted: 3, built: 1, errored: 1, skipped: 1 }, "1 of 3", "built, 1 failed, 1 skipped", "missing"],
    [{ wanted: 3, built: 1, errored: 0, skipped: 2 }, "1 of 3", "built, 2 skipped", "partial"],
    [{ wanted: 3, built: 1, errored: 0, skipped: 0 }, "1 of 3", "built", "partial"],
    [{ wanted: 0, built: 0, errored: 0, skipped: 0 }, "none", "was selected", "plain"],
  ])("%j", (models, value, note, tone) => expect(modelsFigure({ models })).toEqual({ value, note, tone }));
});

describe("tests", () => {
  test.each<[DbtReceipt["tests"], string, string, string]>([
    [{ wanted: 5, passed: 5, warned: 0, failed: 0, skipped: 0 }, "5 of 5", "passed", "whole"],
    [{ wanted: 5, passed: 4, warned: 1, failed: 0, skipped: 0 }, "4 of 5", "passed, 1 warned", "partial"],
    [
      { wanted: 5, passed: 2, warned: 1, failed: 1, skipped: 1 },
      "1 failed",
      "2 of 5 passed, 1 warned, 1 skipped",
      "missing",
    ],
    [{ wanted: 5, passed: 1, warned: 0, failed: 0, skipped: 0 }, "1 of 5", "passed", "plain"],
    [{ wanted: 0, passed: 0, warned: 0, failed: 0, skipped: 0 }, "none", "was selected", "plain"],
  ])("%j", (tests, value, note, tone) => expect(testsFigure({ tests })).toEqual({ value, note, tone }));
});

describe("exit", () => {
  const failedTest: Partial<DbtReceipt> = {
    tests: { wanted: 5, passed: 4, warned: 0, failed: 1, skipped: 0 },
  };
  const run = (
    exitCode: number | null,
    receipt: DbtReceipt | null,
    state: RunDetail["state"] = "succeeded",
  ) => ({ kind: "dbt", state, exitCode, signal: null, finishedAt: at, receipt }) as RunDetail;

  test("1 is no alarm where only a test failed, and one where a model did", () => {
    expect(dbtExitFigure(run(1, receiptOf(failedTest)))).toMatchObject({ value: "1", tone: "plain" });
    const errored = receiptOf({ ...failedTest, models: { wanted: 3, built: 2, errored: 1, skipped: 0 } });
    expect(dbtExitFigure(run(1, errored, "failed"))).toMatchObject({ value: "1", tone: "missing" });
    expect(dbtExitFigure(run(2, receiptOf(failedTest), "failed"))).toMatchObject({ tone: "missing" });
    expect(dbtExitFigure(run(1, null, "failed"))).toMatchObject({ tone: "missing" });
    expect(dbtExitFigure(run(0, receiptOf()))).toMatchObject({ value: "0", tone: "plain" });
  });
});
