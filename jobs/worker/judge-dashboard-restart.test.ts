import { describe, expect, it } from "vitest";
import type { DashboardState } from "@/lib/contracts/dashboard";
import { dashboardRestartReceiptSchema } from "@/lib/contracts/run-kinds/dashboard-restart";
import type { RestartDetails } from "@/lib/executors/ecs-service";
import type { HandleTask } from "@/lib/executors/ecs-service-handle";
import { judgeDashboardRestart } from "./judge-dashboard-restart";
import type { StopReason } from "./run-handler";

const at = (time: string) => `2026-11-22T${time}.000Z`;
const ref = (shortId: string) => ({
  arn: `arn:aws:ecs:r:1:task/c/${shortId}`,
  shortId,
  startedAt: at("12:31:00"),
});

const untouched: HandleTask = {
  old: ref("41ab07"),
  stopRequestedAt: null,
  replacement: null,
  servingAt: null,
};
const stopped: HandleTask = { ...untouched, stopRequestedAt: at("14:00:00") };
const replaced: HandleTask = { ...stopped, replacement: ref("9f3c1e"), servingAt: at("14:00:07") };
const other: HandleTask = { ...untouched, old: ref("bbbbbb") };

const BEFORE: DashboardState = {
  cluster: "main",
  service: "dash",
  region: "us-east-1",
  pageUrl: null,
  status: "ACTIVE",
  desired: 1,
  running: 1,
  pending: 0,
  deployments: [],
  tasks: [],
  events: [],
  health: null,
  served: null,
  refreshAvailable: false,
  refusal: null,
};

const gap = { seconds: 6.8, measuredBy: "page" as const, everySeconds: 0.5, open: false };

function details(
  changes: Partial<RestartDetails> = {},
  tasks = [replaced],
  mode: "restart" | "refresh" = "restart",
): RestartDetails {
  return {
    end: { kind: "recovered" },
    handle: {
      mode,
      startedAt: at("13:59:59"),
      tasks,
      healthChecked: true,
      servedBefore: { at: at("12:31:18"), source: "health" },
      lastEventId: null,
      unservedMs: 0,
    },
    unserved: gap,
    servedAfter: { at: at("14:00:06"), source: "health" },
    page: null,
    health: null,
    events: [],
    standing: null,
    resumed: false,
    ...changes,
  };
}

function judge(given: RestartDetails, reason: StopReason | null = null) {
  const exitCode = given.end.kind === "recovered" ? 0 : 1;
  return judgeDashboardRestart({
    params: { mode: given.handle.mode },
    before: BEFORE,
    after: { unmeasured: "ECS does not answer." },
    end: { kind: "exited", exitCode },
    details: given,
    stopped: reason,
    explainedBy: null,
  });
}

const event = (text: string) => ({ id: text, at: at("14:00:01"), text });

const CASES: [
  name: string,
  given: RestartDetails,
  reason: StopReason | null,
  state: string,
  outcome: string,
][] = [
  [
    "a restart that recovered",
    details(),
    null,
    "succeeded",
    "Restarted: 9f3c1e serves in place of 41ab07; 6.8 s without a page, data as of 14:00:06 UTC",
  ],
  [
    "one without a page and a health page",
    details({
      unserved: { ...gap, measuredBy: "tasks" },
      servedAfter: { at: at("14:00:06"), source: "task-start" },
    }),
    null,
    "succeeded",
    "6.8 s without a running task, task started 14:00:06 UTC",
  ],
  [
    "several tasks",
    details({}, [replaced, replaced]),
    null,
    "succeeded",
    "Restarted 2 tasks, one after the other",
  ],
  ["a cancel that came too late", details(), "cancelled", "succeeded", "Restarted: 9f3c1e serves"],
  [
    "a refresh",
    details({ unserved: null }, [], "refresh"),
    null,
    "succeeded",
    "Refreshed without downtime, data as of 14:00:06 UTC",
  ],
  [
    "a refresh that changed nothing",
    details({ end: { kind: "unchanged", text: "it still serves old data within 10 min" } }, [], "refresh"),
    null,
    "no_effect",
    "The refresh was accepted, and the data stayed",
  ],
  [
    "a refresh that was refused",
    details({ end: { kind: "halted", text: "401: it refuses the token." } }, [], "refresh"),
    null,
    "failed",
    "Not refreshed: 401: it refuses the token.",
  ],
  [
    "a service that does not come back, with its events",
    details(
      {
        end: { kind: "not-recovered", text: "ECS has started no new task within 10 min" },
        standing: "0 of 1 tasks run, 0 pending",
        events: ["first", "second.", "third", "fourth"].map(event),
      },
      [stopped],
    ),
    null,
    "failed",
    "Not recovered: ECS has started no new task within 10 min. Now 0 of 1 tasks run, 0 pending. The service's last events: second; third; fourth.",
  ],
  [
    "no permission to stop",
    details({ end: { kind: "halted", text: "The role may not do ecs:StopTask." }, unserved: null }, [
      untouched,
    ]),
    null,
    "failed",
    "No task was stopped: The role may not do ecs:StopTask.",
  ],
  [
    "a service that changed between two tasks",
    details({ end: { kind: "halted", text: "A deployment is in progress." } }, [replaced, other]),
    null,
    "partly",
    "1 of 2 tasks were replaced, the others were left alone: A deployment is in progress.",
  ],
  [
    "an end in the middle that nobody foresaw",
    details(
      {
        end: { kind: "halted", text: "This worker has lost its claim." },
        standing: "1 of 1 tasks run, 0 pending",
      },
      [stopped],
    ),
    null,
    "failed",
    "Halted: This worker has lost its claim. Now 1 of 1 tasks run",
  ],
  [
    "a cancel before anything",
    details({ end: { kind: "stopped", text: "" }, unserved: null }, [untouched]),
    "cancelled",
    "cancelled",
    "Cancelled before any task was stopped; nothing changed.",
  ],
  [
    "a cancel while the new task is awaited",
    details({ end: { kind: "stopped", text: "" }, standing: "0 of 1 tasks run, 1 pending" }, [stopped]),
    "cancelled",
    "cancelled",
    "Cancelled after task 41ab07 was told to stop at 14:00:00 UTC. Now 0 of 1 tasks run, 1 pending. ECS goes on by itself.",
  ],
  [
    "a cancel between two tasks",
    details({ end: { kind: "stopped", text: "" } }, [replaced, other]),
    "cancelled",
    "cancelled",
    "Cancelled after 1 of 2 tasks were replaced",
  ],
  [
    "a worker that is shut down",
    details({ end: { kind: "stopped", text: "" } }, [stopped]),
    "shutdown",
    "interrupted",
    "The worker ended after task 41ab07",
  ],
];

describe("judgeDashboardRestart", () => {
  it.each(CASES)("%s", (_name, given, reason, state, outcome) => {
    const verdict = judge(given, reason);
    expect(verdict.state).toBe(state);
    expect(verdict.outcome).toContain(outcome);
    expect(dashboardRestartReceiptSchema.parse(verdict.receipt)).toEqual(verdict.receipt);
    expect(verdict.receipt.recovered).toBe(given.end.kind === "recovered");
  });

  it("keeps old and new task, times, and of when the data are", () => {
    expect(judge(details()).receipt).toMatchObject({
      tasks: [{ old: { shortId: "41ab07" }, replacement: { shortId: "9f3c1e" }, stoppedAt: at("14:00:00") }],
      unserved: { seconds: 6.8, measuredBy: "page" },
      served: { before: { at: at("12:31:18") }, after: { at: at("14:00:06") } },
    });
  });
});
