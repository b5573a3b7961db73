import { describe, expect, it } from "vitest";
import { dailyRunEnd, describeWaiting, type QueueSurroundings } from "./describe-waiting";

const WINDOW = { fromMinute: 720, toMinute: 750 };

function surroundings(overrides: Partial<QueueSurroundings> = {}): QueueSurroundings {
  return {
    now: new Date("2026-11-22T20:00:00Z"),
    dailyRun: WINDOW,
    absentWorkers: null,
    doorbellUp: true,
    doorbellDownSince: null,
    foreignBuild: null,
    holder: null,
    spacedUntil: null,
    ...overrides,
  };
}

const NOON = new Date("2026-11-22T12:10:00Z");
const HOLDER = { id: "1", title: "Backfill Thu Nov 19, 2026" };
const FOREIGN = { sessions: 2, since: "2026-11-22T19:58:00.000Z", users: ["pipeline"] };
const ABSENT = { since: new Date("2026-11-22T19:42:10Z"), stopped: false };
const LATER = new Date("2026-11-22T20:00:20Z");

describe("describeWaiting", () => {
  it.each([
    ["nothing", {}, false, null],
    ["no worker, above all", { absentWorkers: ABSENT, doorbellUp: false, holder: HOLDER }, false, "worker"],
    ["Redis away", { doorbellUp: false, now: NOON }, false, "doorbell"],
    ["the daily run", { now: NOON, holder: HOLDER }, false, "daily-run"],
    ["the lock, when the daily run is overridden", { now: NOON, holder: HOLDER }, true, "lock"],
    ["another build, before our own", { foreignBuild: FOREIGN, holder: HOLDER }, false, "foreign-build"],
    [
      "our own build, when the other one is overridden",
      { foreignBuild: FOREIGN, holder: HOLDER },
      true,
      "lock",
    ],
    ["spacing", { spacedUntil: LATER }, false, "spacing"],
    ["spacing that has passed", { spacedUntil: new Date("2026-11-22T19:59:00Z") }, false, null],
  ] as [string, Partial<QueueSurroundings>, boolean, string | null][])(
    "%s",
    (_name, overrides, overrideDailyRun, expected) => {
      expect(describeWaiting({ overrideDailyRun }, surroundings(overrides))?.for ?? null).toBe(expected);
    },
  );
});

describe("what it says", () => {
  it.each([
    [
      "since when no worker is there, and what to do",
      { absentWorkers: ABSENT },
      "No worker is running: the last was heard of at 19:42 UTC. It starts as soon as one is: start one with npm run worker.",
    ],
    [
      "since when Redis is away",
      { doorbellUp: false, doorbellDownSince: new Date("2026-11-22T19:50:00Z") },
      "Queue delayed: Redis is away, since 19:50 UTC. Nothing is lost, and it starts when Redis is back.",
    ],
    [
      "that Redis is away, where nobody knows since when",
      { doorbellUp: false },
      "Queue delayed: Redis is away. Nothing is lost, and it starts when Redis is back.",
    ],
  ] as [string, Partial<QueueSurroundings>, string][])("%s", (_name, overrides, text) => {
    expect(describeWaiting({ overrideDailyRun: false }, surroundings(overrides))?.text).toBe(text);
  });
});

describe("dailyRunEnd", () => {
  it.each([
    ["2026-11-22T11:59:59.999Z", null],
    ["2026-11-22T12:00:00Z", "2026-11-22T12:30:00.000Z"],
    ["2026-11-22T12:29:59.999Z", "2026-11-22T12:30:00.000Z"],
    ["2026-11-22T12:30:00Z", null],
  ])("at %s", (now, end) => {
    expect(dailyRunEnd(new Date(now), WINDOW)?.toISOString() ?? null).toBe(end);
  });
});
