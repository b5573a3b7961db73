import { expect, test } from "vitest";
import { describeAbsentWorkers } from "./absent-workers";

const NOW = new Date("2026-11-22T20:00:00Z");

test.each<[string, string | null, boolean, string]>([
  ["died today", "2026-11-22T19:42:10Z", false, "No worker is running: the last was heard of at 19:42 UTC."],
  ["stopped today", "2026-11-22T00:01:00Z", true, "No worker is running: the last was stopped at 00:01 UTC."],
  [
    "died yesterday",
    "2026-11-21T23:59:00Z",
    false,
    "No worker is running: the last was heard of on 2026-11-21 at 23:59 UTC.",
  ],
  ["never heard of", null, false, "No worker is running, and none was heard of in the last days."],
])("%s", (_name, since, stopped, text) =>
  expect(describeAbsentWorkers({ since: since === null ? null : new Date(since), stopped }, NOW)).toBe(text),
);
