import { describe, expect, it } from "vitest";
import { type Facts, findViolations, type Promised, type RunFacts } from "./find-violations";

const RUN: RunFacts = {
  id: "a",
  kind: "backfill",
  title: "Backfill",
  state: "succeeded",
  outcome: "Done",
  attempt: 1,
  finished: true,
  claimed: false,
  truncated: false,
  logLines: 3,
};
const LINES = ["line 1", "line 2", "exit 0"].map((text, index) => ({ seq: index + 1, text }));
const KEPT: Facts = {
  accepted: ["a"],
  runs: [RUN],
  transitions: [
    { runId: "a", became: "queued" },
    { runId: "a", became: "running" },
    { runId: "a", became: "succeeded" },
  ],
  audited: ["a"],
  journal: [
    { what: "start", at: 1, runId: "a", pid: 7, how: "-", lines: 0 },
    { what: "end", at: 2, runId: "a", pid: 7, how: "exit-0", lines: 2 },
  ],
  alive: [],
  logs: new Map([["a", LINES]]),
  readers: [{ runId: "a", lines: LINES }],
};
const [start, end] = KEPT.journal as [Facts["journal"][number], Facts["journal"][number]];
const run = (changes: Partial<RunFacts>): Partial<Facts> => ({ runs: [{ ...RUN, ...changes }] });
const read = (...seqs: number[]): Partial<Facts> => ({
  readers: [{ runId: "a", lines: seqs.map((seq) => ({ seq, text: LINES[seq - 1]?.text ?? "" })) }],
});

describe("the checker", () => {
  it("finds nothing where every promise was kept", () => {
    expect(findViolations(KEPT)).toEqual([]);
  });

  it.each<[Promised, string, Partial<Facts>]>([
    ["lost", "an accepted run without a row", { accepted: ["a", "b"] }],
    ["unsettled", "a run that still runs", run({ state: "running", finished: false })],
    ["unsettled", "a run that still holds its claim", run({ claimed: true })],
    ["unsettled", "a run that does not say how it ended", run({ outcome: null })],
    [
      "ended twice",
      "a second final state",
      { transitions: [...KEPT.transitions, { runId: "a", became: "cancelled" }] },
    ],
    ["not in the audit", "a run nobody ordered", { audited: [] }],
    ["duplicate start", "two starts", { journal: [start, start, end] }],
    ["overlap", "two of a kind at once", { journal: [{ ...start, what: "overlap" }, start, end] }],
    ["orphan", "a living process", { alive: [{ pid: 7, runId: "a" }] }],
    [
      "log lines lost",
      "a gap in what is stored",
      { logs: new Map([["a", LINES.filter(({ seq }) => seq !== 2)]]), ...read(1, 3) },
    ],
    ["log lines lost", "a line of the program that nobody took", { journal: [start, { ...end, lines: 3 }] }],
    ["log lines lost", "a reader with a gap", read(1, 3)],
    ["log lines lost", "a reader that lacks the end", read(1, 2)],
    ["log lines repeated", "a reader that got a line twice", read(1, 2, 2, 3)],
    ["log lines repeated", "a reader that got lines in another order", read(2, 1, 3)],
    [
      "reader differs",
      "a reader that got another text",
      { readers: [{ runId: "a", lines: LINES.map((line) => ({ ...line, text: "x" })) }] },
    ],
  ])("finds %s: %s", (promise, _what, changes) => {
    expect(findViolations({ ...KEPT, ...changes }).map((violation) => violation.promise)).toContain(promise);
  });

  it("lets a log end early that was cut, or that says that its worker was lost", () => {
    const journal = [start, { ...end, lines: 9 }];
    expect(findViolations({ ...KEPT, journal, ...run({ truncated: true }) })).toEqual([]);
    const lines = [...LINES, { seq: 4, text: "its worker vm-1 was lost; settling" }];
    const lost = { logs: new Map([["a", lines]]), readers: [], ...run({ logLines: 4 }) };
    expect(findViolations({ ...KEPT, journal, ...lost })).toEqual([]);
  });
});
