import { describe, expect, test } from "vitest";
import type { DashboardView, RestartDue } from "@/lib/contracts/dashboard";
import { STATE, VIEW } from "./restart-fixtures";
import { comparedText, costText, dueReason, isUnserved, martName, secondsText, verdictOf } from "./verdict";

const observed = (change: Partial<typeof STATE>): Pick<DashboardView, "observation"> => ({
  observation: VIEW.observation && { ...VIEW.observation, state: { ...STATE, ...change } },
});
const due = (state: RestartDue["state"]): Pick<DashboardView, "due"> => ({ due: { ...VIEW.due, state } });

describe("verdictOf", () => {
  test.each<[string, Partial<DashboardView>, string, boolean]>([
    ["newer marts", due("due"), "A restart is due", true],
    ["nothing newer", due("current"), "No restart is due", false],
    ["nothing comparable", due("unknown"), "Not known whether a restart is due", false],
    [
      "no task",
      { ...due("unknown"), ...observed({ running: 0, served: null, tasks: [] }) },
      "No task serves the dashboard",
      false,
    ],
    [
      "a task that has read nothing yet",
      { ...due("current"), ...observed({ served: null }) },
      "No restart is due",
      false,
    ],
    [
      "a run under way hides what was due",
      { ...due("due"), activeRunId: "01890000-0000-7000-8000-000000000001" },
      "The dashboard is being restarted",
      false,
    ],
    [
      "no worker has looked",
      { ...due("unknown"), observation: null },
      "Not known whether a restart is due",
      false,
    ],
  ])("%s", (_name, change, headline, urgent) =>
    expect(verdictOf({ ...VIEW, ...change })).toMatchObject({ headline, urgent }),
  );
});

test("a refresh under way is called one", () => {
  const view = { ...VIEW, activeRunId: "01890000-0000-7000-8000-000000000001" };
  expect(verdictOf(view, "refresh").headline).toBe("The dashboard's data are being refreshed");
});

test.each([
  [{ served: null, running: 0 }, true],
  [{ served: null, running: 1 }, false],
  [{ served: STATE.served, running: 0 }, false],
])("%j is unserved: %s", (state, expected) => expect(isUnserved(state)).toBe(expected));

describe("dueReason", () => {
  const mart = (name: string) => ({ name, builtAt: "2026-11-22T19:02:00.000Z" });
  test.each<[RestartDue["newer"], string]>([
    [[mart("gold.standings")], "1 mart was rebuilt"],
    [[mart("gold.standings"), mart("gold.boxscores")], "2 marts were rebuilt"],
    [[mart("predictions"), mart("gold.standings")], "1 mart was rebuilt and predictions were made"],
    [[mart("predictions")], "Predictions were made"],
  ])("%j", (newer, what) => expect(dueReason({ newer }, STATE.served)?.what).toBe(what));

  test("names the newest without its schema, and how the served moment is known", () => {
    const reason = dueReason(
      { newer: [mart("gold.standings")] },
      { at: "2026-11-22T14:00:07.000Z", source: "task-start" },
    );
    expect(reason).toMatchObject({ since: "since its task started", newest: { name: "standings" } });
  });

  test("nothing newer has no reason", () => expect(dueReason({ newer: [] }, STATE.served)).toBeNull());
});

test.each([
  ["gold.standings", "standings"],
  ["predictions", "predictions"],
])("%s is called %s", (name, expected) => expect(martName(name)).toBe(expected));

describe("comparedText", () => {
  const mart = (name: string) => ({ name, builtAt: "2026-11-22T19:02:00.000Z" });
  const why = { name: "gold.teams", why: "it has no __created_at" };
  test.each<[Parameters<typeof comparedText>[0], string]>([
    [{ newer: [], compared: 28, notCompared: [] }, "None of 28 marts is newer"],
    [{ newer: [mart("gold.a")], compared: 28, notCompared: [] }, "1 of 28 marts is newer"],
    [
      { newer: [mart("gold.a"), mart("gold.b"), mart("predictions")], compared: 28, notCompared: [why] },
      "2 of 28 marts are newer, predictions are; 1 could not be compared",
    ],
    [
      { newer: [mart("predictions")], compared: 3, notCompared: [] },
      "None of 3 marts is newer, predictions are",
    ],
  ])("%#", (due, text) => expect(comparedText(due)).toBe(text));
});

describe("costText", () => {
  test.each([
    [null, 0, 1, "A restart leaves it without a page for 5 to 10 s."],
    [6.8, 1, 1, "A restart leaves it without a page for 5 to 10 s; the last one took 6.8 s."],
    [7.1, 10, 1, "A restart leaves it without a page for 5 to 10 s; the middle of the last 10 is 7.1 s."],
    [
      0,
      2,
      2,
      "Its 2 tasks are replaced one after the other, so that the others go on serving; the middle of the last 2 is 0.0 s.",
    ],
  ])("%s of %i with %i tasks", (typicalSeconds, typicalOf, tasks, text) =>
    expect(costText({ typicalSeconds, typicalOf }, tasks)).toBe(text),
  );
});

test.each([
  [0, "0.0 s"],
  [6.84, "6.8 s"],
  [59.94, "59.9 s"],
  [59.96, "1 min 00 s"],
  [602.4, "10 min 02 s"],
])("%d seconds are %s", (seconds, text) => expect(secondsText(seconds)).toBe(text));
