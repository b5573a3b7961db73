import { describe, expect, it } from "vitest";
import { type DueFacts, judgeRestartDue } from "./judge-restart-due";

const at = (time: string) => `2026-11-22T${time}.000Z`;

function facts(changes: Partial<DueFacts> = {}): DueFacts {
  return {
    served: { at: at("12:31:18"), source: "health" },
    notServed: null,
    marts: [
      { name: "gold.standings", builtAt: at("12:05:00") },
      { name: "gold.player_scoring", builtAt: at("12:05:02") },
    ],
    notCompared: [],
    predictionsAt: null,
    martsProblem: null,
    ...changes,
  };
}

const rebuilt = [
  { name: "gold.standings", builtAt: at("14:02:00") },
  { name: "gold.player_scoring", builtAt: at("14:01:00") },
  { name: "gold.old", builtAt: at("12:00:00") },
];

const CASES: [name: string, given: Partial<DueFacts>, state: string, text: string, newer: string[]][] = [
  ["nothing is newer", {}, "current", "all 2 marts were built before they were read", []],
  [
    "marts are newer",
    { marts: rebuilt },
    "due",
    "2 marts were rebuilt since the data were read; newest: gold.standings, 14:02 UTC.",
    ["gold.standings", "gold.player_scoring"],
  ],
  [
    "only the task's start is known",
    { marts: rebuilt, served: { at: at("12:30:00"), source: "task-start" } },
    "due",
    "since its task started",
    ["gold.standings", "gold.player_scoring"],
  ],
  [
    "predictions of ours are newer",
    { predictionsAt: at("15:00:00") },
    "due",
    "Predictions were made since the data were read; newest: predictions, 15:00 UTC.",
    ["predictions"],
  ],
  [
    "both are newer, the mart last",
    { marts: [{ name: "gold.standings", builtAt: at("16:00:00") }], predictionsAt: at("15:00:00") },
    "due",
    "1 mart was rebuilt and predictions were made since the data were read; newest: gold.standings",
    ["gold.standings", "predictions"],
  ],
  ["our predictions are older", { predictionsAt: at("12:31:00") }, "current", "", []],
  [
    "a mart was built in the very moment of reading",
    { marts: [{ name: "gold.standings", builtAt: at("12:31:18") }] },
    "current",
    "the one mart was built",
    [],
  ],
  ["there is no mart to compare", { marts: [] }, "unknown", "no mart tells when it was built", []],
  [
    "the warehouse is away",
    { marts: [], martsProblem: "The warehouse does not answer." },
    "unknown",
    "The warehouse does not answer.",
    [],
  ],
  [
    "the warehouse is away, and predictions of ours are newer all the same",
    { marts: [], martsProblem: "The warehouse does not answer.", predictionsAt: at("15:00:00") },
    "due",
    "Predictions were made",
    ["predictions"],
  ],
  ["nobody has looked", { served: null, marts: rebuilt }, "unknown", "No worker has seen yet", []],
  [
    "no task serves",
    { served: null, notServed: { text: "No task serves.", readsAtNextRequest: false } },
    "unknown",
    "No task serves.",
    [],
  ],
  [
    "the new task has not read anything yet",
    { served: null, marts: rebuilt, notServed: { text: "It reads afresh.", readsAtNextRequest: true } },
    "current",
    "It reads afresh.",
    [],
  ],
];

describe("judgeRestartDue", () => {
  it.each(CASES)("when %s", (_name, given, state, text, newer) => {
    const due = judgeRestartDue(facts(given));
    expect(due.state).toBe(state);
    expect(due.text).toContain(text);
    expect(due.newer.map(({ name }) => name)).toEqual(newer);
  });

  it("tells what it compared, and what it could not", () => {
    const notCompared = [{ name: "gold.nba_predictions", why: "it is a view" }];
    expect(judgeRestartDue(facts({ notCompared }))).toMatchObject({ compared: 2, notCompared });
  });
});
