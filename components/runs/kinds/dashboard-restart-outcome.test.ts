import { expect, test } from "vitest";
import { restartOutcomeText } from "./dashboard-restart-outcome";

const ID = "0123456789abcdef0123456789abcdef";

test.each([
  [
    "a failure with events",
    `Not recovered: no new task ran within 10 minutes. Now 0 of 1 tasks. The service's last events: (service nba) was unable to place a task (task ${ID}); (service nba) has stopped 1 task.`,
    "Not recovered: no new task ran within 10 minutes. Now 0 of 1 tasks.",
  ],
  [
    "a failure without events",
    "Not recovered: no answer. The service told of no event since.",
    "Not recovered: no answer. The service told of no event since.",
  ],
  ["task ids", `Halted: task ${ID} stopped by itself.`, "Halted: task 012345 stopped by itself."],
  ["a success", "Restarted: abc123 serves in place of def456", "Restarted: abc123 serves in place of def456"],
])("%s", (_name, outcome, text) => expect(restartOutcomeText(outcome)).toBe(text));
