import { expect, test } from "vitest";
import { restartOutcome } from "./restart-outcome";

test.each([
  ["succeeded", "restart", true, 6.8, "recovered", "whole"],
  ["succeeded", "refresh", true, null, "refreshed", "whole"],
  ["failed", "restart", false, 602, "not recovered", "missing"],
  ["failed", "restart", false, null, "failed", "missing"],
  ["no_effect", "refresh", false, null, "no effect", "partial"],
  ["refused", "restart", false, null, "refused", "partial"],
  ["cancelled", "restart", false, 2, "cancelled", "pending"],
  ["a state of another version", "restart", false, null, "interrupted", "missing"],
] as const)("%s %s, recovered %s: %s", (state, mode, recovered, unservedSeconds, label, tone) =>
  expect(restartOutcome({ state, mode, recovered, unservedSeconds })).toMatchObject({ label, tone }),
);
