import { describe, expect, test } from "vitest";
import type { DashboardView } from "@/lib/contracts/dashboard";
import { observationNotices } from "./observation-words";
import { STATE, VIEW } from "./restart-fixtures";

type Observation = NonNullable<DashboardView["observation"]>;
const seen = VIEW.observation as Observation;

function notices(change: Partial<Observation>, view: Partial<DashboardView> = {}) {
  return observationNotices({ ...VIEW, ...view, observation: { ...seen, ...change } });
}

describe("observationNotices", () => {
  test("a service that was just seen needs no words", () => expect(notices({})).toEqual([]));

  test("none has looked yet", () => {
    expect(observationNotices({ ...VIEW, observation: null })).toMatchObject([
      { tone: "pending", asksForWorker: true },
    ]);
  });

  test("none has looked for a while: since when", () => {
    const stale = { since: { words: "Last seen", at: seen.observedAt }, asksForWorker: true };
    expect(notices({}, { now: "2026-11-22T17:10:55.000Z" })).toEqual([]);
    expect(notices({}, { now: "2026-11-22T17:10:56.000Z" })).toMatchObject([stale]);
  });

  test("a look that failed says why, and from when the rest is", () => {
    const problem = "The worker's AWS credentials have expired.";
    expect(notices({ problem, stateAt: "2026-11-22T16:00:00.000Z" })).toMatchObject([
      { tone: "missing", text: problem, since: { at: "2026-11-22T16:00:00.000Z" } },
    ]);
    expect(notices({ problem, state: null, stateAt: null })).toMatchObject([{ since: null }]);
  });

  test("a health page that does not tell, unless there is no task that could", () => {
    const health = STATE.health && { ...STATE.health, ok: false, text: "401: it refuses the token" };
    expect(notices({ state: { ...STATE, health } })).toMatchObject([
      { tone: "partial", text: expect.stringContaining("401: it refuses the token. Until") },
    ]);
    expect(notices({ state: { ...STATE, health, running: 0 } })).toEqual([]);
    const activeRunId = "01890000-0000-7000-8000-000000000001";
    expect(notices({ state: { ...STATE, health } }, { activeRunId })).toEqual([]);
  });
});
