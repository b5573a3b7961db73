import { secondsText } from "@/components/dashboard/verdict";
import type { DashboardRestartReceipt } from "@/lib/contracts/run-kinds/dashboard-restart";
import { easternSeconds } from "../format-moment";
import type { Figure } from "../receipt-figure";

type Receipt = DashboardRestartReceipt;

/** `6.8 s`, `without a page, right to 0.5 s`: how long nothing served. */
export function downtimeFigure({ unserved, mode }: Receipt): Figure {
  if (unserved === null)
    return {
      value: "none",
      note: mode === "refresh" ? "the task went on serving" : "no task was stopped",
      tone: mode === "refresh" ? "whole" : "plain",
    };
  const { seconds, measuredBy, everySeconds, open } = unserved;
  const what = measuredBy === "page" ? "without a page" : "without a running task";
  return open
    ? { value: secondsText(seconds), note: `${what}, still so at the end`, tone: "missing" }
    : { value: secondsText(seconds), note: `${what}, right to ${everySeconds} s`, tone: "plain" };
}

/** `9f3c1e`, `in place of 41ab07`; of several tasks, how many were replaced. */
export function taskFigure({ tasks, mode }: Receipt): Figure {
  const [only] = tasks;
  if (!only)
    return {
      value: "kept",
      note: mode === "refresh" ? "it read its data again" : "none was stopped",
      tone: "plain",
    };
  const replaced = tasks.filter(({ replacement }) => replacement !== null).length;
  if (tasks.length > 1)
    return {
      value: `${replaced} of ${tasks.length}`,
      note: "tasks replaced, one after the other",
      tone: replaced === tasks.length ? "plain" : "missing",
    };
  if (only.replacement)
    return { value: only.replacement.shortId, note: `in place of ${only.old.shortId}`, tone: "plain" };
  return only.stoppedAt === null
    ? { value: only.old.shortId, note: "was left alone", tone: "plain" }
    : { value: "none", note: `came in place of ${only.old.shortId}`, tone: "missing" };
}

/** `12:31:18 PM ET`, and of when the data were before. */
export function dataFigure({ served: { before, after }, recovered, mode }: Receipt): Figure {
  const was = before === null ? "not known before" : `before: ${easternSeconds(before.at)}`;
  if (after === null) return { value: "—", note: was, tone: "none" };
  const newer = before === null || after.at > before.at;
  const how = after.source === "task-start" ? ", by its task's start" : "";
  return {
    value: easternSeconds(after.at),
    note: newer ? `${was}${how}` : "the same as before",
    // A restart that stopped nothing was not meant to change them.
    tone: newer && recovered ? "whole" : newer || mode === "restart" ? "plain" : "partial",
  };
}

/** The last answer of the page, and of the health page; of when the data are stands elsewhere. */
export function pageFigure({ page, health }: Receipt): Figure {
  const healthNote = health && `health page: ${health.ok ? health.text.split(",")[0] : health.text}`;
  if (page !== null)
    return {
      value: page.ok ? page.text : (statusOf(page.text) ?? "no answer"),
      note: page.ok ? (healthNote ?? "") : page.text.replace(/^\d{3}: /, ""),
      tone: page.ok && health?.ok !== false ? "whole" : "missing",
    };
  if (health !== null)
    return {
      value: health.ok ? "answers" : "no answer",
      note: healthNote ?? "",
      tone: health.ok ? "whole" : "missing",
    };
  return { value: "not asked", note: "no page is configured", tone: "none" };
}

/** `503` of `503: no task serves behind it`. */
function statusOf(text: string): string | null {
  return /^\d{3}(?=:)/.exec(text)?.[0] ?? null;
}
