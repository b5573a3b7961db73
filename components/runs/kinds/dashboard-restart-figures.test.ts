import { describe, expect, test } from "vitest";
import { RECEIPT, taskRef } from "@/components/dashboard/restart-fixtures";
import type { DashboardRestartReceipt } from "@/lib/contracts/run-kinds/dashboard-restart";
import type { Figure } from "../receipt-figure";
import { dataFigure, downtimeFigure, pageFigure, taskFigure } from "./dashboard-restart-figures";

type Receipt = DashboardRestartReceipt;
const [TASK] = RECEIPT.tasks as [Receipt["tasks"][number]];
const gone = { ...TASK, replacement: null, servingAt: null };
const untouched = { ...gone, stoppedAt: null };
const other = { ...TASK, old: taskRef("77c0de", null) };
const refresh: Receipt = { ...RECEIPT, mode: "refresh", tasks: [], unserved: null };
const gap = { seconds: 602.4, measuredBy: "page", everySeconds: 0.5, open: true } as const;

const shown = ({ value, note, tone }: Figure) => [value, note, tone];

describe("downtimeFigure", () => {
  test.each<[string, Receipt, string[]]>([
    ["a restart", RECEIPT, ["6.8 s", "without a page, right to 0.5 s", "plain"]],
    [
      "it never came back",
      { ...RECEIPT, unserved: gap },
      ["10 min 02 s", "without a page, still so at the end", "missing"],
    ],
    [
      "without a configured page",
      { ...RECEIPT, unserved: { ...gap, seconds: 4, measuredBy: "tasks", everySeconds: 1, open: false } },
      ["4.0 s", "without a running task, right to 1 s", "plain"],
    ],
    ["nothing was stopped", { ...RECEIPT, unserved: null }, ["none", "no task was stopped", "plain"]],
    ["a refresh", refresh, ["none", "the task went on serving", "whole"]],
  ])("%s", (_name, receipt, expected) => expect(shown(downtimeFigure(receipt))).toEqual(expected));
});

describe("taskFigure", () => {
  test.each<[string, Receipt, string[]]>([
    ["replaced", RECEIPT, ["9f3c1e", "in place of 41ab07", "plain"]],
    ["not replaced", { ...RECEIPT, tasks: [gone] }, ["none", "came in place of 41ab07", "missing"]],
    ["never stopped", { ...RECEIPT, tasks: [untouched] }, ["41ab07", "was left alone", "plain"]],
    [
      "several",
      { ...RECEIPT, tasks: [TASK, other] },
      ["2 of 2", "tasks replaced, one after the other", "plain"],
    ],
    [
      "some of several",
      { ...RECEIPT, tasks: [TASK, untouched] },
      ["1 of 2", "tasks replaced, one after the other", "missing"],
    ],
    ["a refresh", refresh, ["kept", "it read its data again", "plain"]],
  ])("%s", (_name, receipt, expected) => expect(shown(taskFigure(receipt))).toEqual(expected));
});

describe("dataFigure", () => {
  const { before, after } = RECEIPT.served;
  const served = (change: Partial<Receipt["served"]>): Receipt => ({
    ...RECEIPT,
    served: { before, after, ...change },
  });
  test.each<[string, Receipt, string[]]>([
    ["newer", RECEIPT, ["9:00:07 AM ET", "before: 4:00:20 AM ET", "whole"]],
    [
      "newer by the task's start",
      served({ after: after && { ...after, source: "task-start" } }),
      ["9:00:07 AM ET", "before: 4:00:20 AM ET, by its task's start", "whole"],
    ],
    ["not known before", served({ before: null }), ["9:00:07 AM ET", "not known before", "whole"]],
    ["not known after", served({ after: null }), ["—", "before: 4:00:20 AM ET", "none"]],
    ["the same", served({ after: before }), ["4:00:20 AM ET", "the same as before", "plain"]],
    [
      "the same in spite of a refresh",
      { ...served({ after: before }), mode: "refresh" },
      ["4:00:20 AM ET", "the same as before", "partial"],
    ],
    [
      "newer, but not recovered",
      { ...RECEIPT, recovered: false },
      ["9:00:07 AM ET", "before: 4:00:20 AM ET", "plain"],
    ],
  ])("%s", (_name, receipt, expected) => expect(shown(dataFigure(receipt))).toEqual(expected));
});

describe("pageFigure", () => {
  test.each<[string, Pick<Receipt, "page" | "health">, string[]]>([
    ["both answer", RECEIPT, ["200", "health page: 200", "whole"]],
    [
      "the health page does not",
      { page: { ok: true, text: "200" }, health: { ok: false, text: "500: it answers with an error" } },
      ["200", "health page: 500: it answers with an error", "missing"],
    ],
    [
      "no task behind the page",
      { page: { ok: false, text: "503: no task serves behind it" }, health: null },
      ["503", "no task serves behind it", "missing"],
    ],
    [
      "the page does not answer at all",
      { page: { ok: false, text: "the connection was refused" }, health: null },
      ["no answer", "the connection was refused", "missing"],
    ],
    [
      "only a health page",
      { page: null, health: { ok: true, text: "200, data of 14:00:07 UTC" } },
      ["answers", "health page: 200", "whole"],
    ],
    ["neither is configured", { page: null, health: null }, ["not asked", "no page is configured", "none"]],
  ])("%s", (_name, answers, expected) =>
    expect(shown(pageFigure({ ...RECEIPT, ...answers }))).toEqual(expected),
  );
});
