import { describe, expect, test } from "vitest";
import type {
  DashboardRestartProgress,
  DashboardRestartReceipt,
} from "@/lib/contracts/run-kinds/dashboard-restart";
import type { RunDetail } from "@/lib/contracts/runs";
import { RECEIPT, taskRef } from "./restart-fixtures";
import { haltedTone, restartSteps } from "./restart-steps";

type Known = Parameters<typeof restartSteps>[0];

const startedAt = "2026-11-22T14:00:00.000Z";

function runOf(state: RunDetail["state"], change: Partial<Known> = {}): Known {
  return { state, startedAt, params: { mode: "restart" }, progress: null, receipt: null, ...change };
}

function progress(change: Partial<DashboardRestartProgress> = {}): DashboardRestartProgress {
  return {
    kind: "dashboard-restart",
    step: "waiting",
    text: "waiting for the task that replaces 41ab07",
    replaced: 0,
    total: 1,
    stoppedAt: "2026-11-22T14:00:01.000Z",
    serving: false,
    ...change,
  };
}

const refresh: DashboardRestartReceipt = { ...RECEIPT, mode: "refresh", tasks: [], unserved: null };

const standings = (run: Known) => restartSteps(run).map(({ standing }) => standing);

describe("restartSteps", () => {
  test.each<[string, Known, string[]]>([
    ["queued", runOf("queued", { startedAt: null }), ["open", "open", "open", "open"]],
    ["just started", runOf("running"), ["now", "open", "open", "open"]],
    ["waiting for the new task", runOf("running", { progress: progress() }), ["done", "done", "now", "open"]],
    [
      "it is being measured how a restart ended that did not get there",
      runOf("verifying", { progress: progress({ step: "verifying" }) }),
      ["done", "done", "done", "now"],
    ],
    [
      "recovered",
      runOf("succeeded", { progress: progress({ step: "done" }), receipt: RECEIPT }),
      ["done", "done", "done", "done"],
    ],
    [
      "the new task never came",
      runOf("failed", { progress: progress() }),
      ["done", "done", "halted", "open"],
    ],
    [
      "ECS refused to stop it",
      runOf("failed", { progress: progress({ step: "stopping" }) }),
      ["done", "halted", "open", "open"],
    ],
    ["refused before anything", runOf("refused"), ["halted", "open", "open", "open"]],
    [
      "cancelled while it waited",
      runOf("cancelled", { progress: progress() }),
      ["done", "done", "halted", "open"],
    ],
    [
      "a refresh under way",
      runOf("running", { params: { mode: "refresh" }, progress: progress({ step: "refreshing" }) }),
      ["done", "now", "open"],
    ],
    [
      "a refresh that came to nothing",
      runOf("no_effect", { params: { mode: "refresh" }, progress: progress({ step: "verifying" }) }),
      ["done", "done", "halted"],
    ],
  ])("%s", (_name, run, expected) => expect(standings(run)).toEqual(expected));

  test("a finished restart says when each step was done, and with which task", () => {
    const steps = restartSteps(
      runOf("succeeded", { progress: progress({ step: "done" }), receipt: RECEIPT }),
    );
    expect(steps.map(({ at, note }) => [at, note])).toEqual([
      [startedAt, ""],
      ["2026-11-22T14:00:01.000Z", "41ab07"],
      ["2026-11-22T14:00:06.000Z", "9f3c1e"],
      ["2026-11-22T14:00:08.000Z", ""],
    ]);
  });

  test("of several tasks it says how many, under way and at the end", () => {
    const under = runOf("running", { progress: progress({ replaced: 1, total: 2 }) });
    expect(restartSteps(under)[2]?.note).toBe("1 of 2 replaced");
    const [task] = RECEIPT.tasks;
    const halted: DashboardRestartReceipt = {
      ...RECEIPT,
      tasks: [
        ...RECEIPT.tasks,
        {
          ...(task as NonNullable<typeof task>),
          old: taskRef("77c0de", null),
          replacement: null,
          servingAt: null,
        },
      ],
    };
    const ended = restartSteps(
      runOf("failed", { progress: progress({ replaced: 1, total: 2 }), receipt: halted }),
    );
    expect(ended.map(({ note }) => note)).toEqual(["", "2 of 2", "1 of 2", ""]);
  });

  test("a refresh tells of when its data were read", () => {
    const [, , last] = restartSteps(
      runOf("succeeded", {
        params: { mode: "refresh" },
        progress: progress({ step: "done" }),
        receipt: refresh,
      }),
    );
    expect(last?.at).toBe(RECEIPT.served.after?.at);
  });
});

test.each([
  ["failed", "missing"],
  ["timed_out", "missing"],
  ["refused", "partial"],
  ["no_effect", "partial"],
  ["cancelled", "pending"],
] as const)("where a %s run ended is %s", (state, tone) => expect(haltedTone(state)).toBe(tone));
