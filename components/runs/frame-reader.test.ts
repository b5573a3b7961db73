import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { DASHBOARD_KEY } from "@/lib/contracts/dashboard";
import { DBT_PROJECT_KEY } from "@/lib/contracts/dbt";
import type { RunSummary } from "@/lib/contracts/runs";
import type { StreamFrame } from "@/lib/contracts/stream";
import { coverageKeys } from "@/lib/queries/coverage-queries";
import { dashboardKeys } from "@/lib/queries/dashboard-queries";
import { dbtKeys } from "@/lib/queries/dbt-queries";
import { runKeys } from "@/lib/queries/run-queries";
import { frameReader, LISTS_REFRESH_MS, REFRESH_SOON_MS } from "./frame-reader";

const run = (change: Partial<RunSummary> = {}): RunSummary => ({
  id: "01936c5e-0000-7000-8000-000000000001",
  kind: "backfill",
  title: "Backfill Thu Nov 19, 2026",
  gameDate: "2026-11-19",
  state: "running",
  outcome: null,
  waiting: null,
  requestedBy: "you",
  reason: null,
  queuedAt: "2026-11-22T20:42:08.000Z",
  startedAt: "2026-11-22T20:42:10.000Z",
  finishedAt: null,
  cancelRequestedAt: null,
  ...change,
});

const stale = (client: QueryClient, key: readonly unknown[]) => client.getQueryState(key)?.isInvalidated;

describe("frameReader", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  test("a run's frame is shown at once in its page and in lists; a final one's page is read again at once", () => {
    const client = new QueryClient();
    const other = run({ id: "01936c5e-0000-7000-8000-000000000002" });
    client.setQueryData(runKeys.detail(run().id), { ...run(), argv: ["python"] });
    client.setQueryData(runKeys.detail(other.id), other);
    client.setQueryData(runKeys.list({}), { runs: [other, run()], nextBefore: null });
    const ended = run({ state: "partly", outcome: "+3 games", finishedAt: "2026-11-22T20:42:39.000Z" });
    frameReader(client)({ type: "run", run: ended });
    expect(client.getQueryData(runKeys.detail(run().id))).toEqual({ ...ended, argv: ["python"] });
    expect(client.getQueryData(runKeys.list({}))).toEqual({ runs: [other, ended], nextBefore: null });
    expect(stale(client, runKeys.detail(run().id))).toBe(true);
    expect(stale(client, runKeys.detail(other.id))).toBe(false);
    vi.advanceTimersByTime(REFRESH_SOON_MS);
    expect(stale(client, runKeys.list({}))).toBe(true);
  });

  test("the page of a run under way is read again a moment later", () => {
    const client = new QueryClient();
    client.setQueryData(runKeys.detail(run().id), run({ state: "queued" }));
    frameReader(client)({ type: "run", run: run() });
    expect(client.getQueryData(runKeys.detail(run().id))).toEqual(run());
    expect(stale(client, runKeys.detail(run().id))).toBe(false);
    vi.advanceTimersByTime(REFRESH_SOON_MS);
    expect(stale(client, runKeys.detail(run().id))).toBe(true);
  });

  test("a run that nobody looks at fills no cache", () => {
    const client = new QueryClient();
    frameReader(client)({ type: "run", run: run() });
    expect(client.getQueryCache().getAll()).toEqual([]);
  });

  test("two hundred runs at once read the lists again once, and those that follow once more", () => {
    const client = new QueryClient();
    client.setQueryData(runKeys.list({}), { runs: [run()], nextBefore: null });
    const refreshed = vi.spyOn(client, "invalidateQueries");
    const read = frameReader(client);
    const ofLists = () => refreshed.mock.calls.filter(([filter]) => filter?.predicate !== undefined).length;
    const twoHundred = () => {
      for (let count = 0; count < 200; count += 1) read({ type: "run", run: run() });
    };
    twoHundred();
    vi.advanceTimersByTime(REFRESH_SOON_MS);
    expect(ofLists()).toBe(1);
    twoHundred();
    vi.advanceTimersByTime(LISTS_REFRESH_MS - 1);
    expect(ofLists()).toBe(1);
    vi.advanceTimersByTime(1);
    expect(ofLists()).toBe(2);
    vi.advanceTimersByTime(10 * LISTS_REFRESH_MS);
    expect(ofLists()).toBe(2);
  });

  test("a coverage frame stales every season and the dates that it names, no other", () => {
    const client = new QueryClient();
    const keys = [coverageKeys.season(null), coverageKeys.season("2025"), coverageKeys.date("2026-11-19")];
    for (const key of [...keys, coverageKeys.date("2026-11-18")]) client.setQueryData(key, {});
    frameReader(client)({ type: "coverage", dates: ["2026-11-19"] });
    for (const key of keys) expect(stale(client, key)).toBe(true);
    expect(stale(client, coverageKeys.date("2026-11-18"))).toBe(false);
  });

  test("a dbt project that was seen anew is read again, another observation is not", () => {
    const client = new QueryClient();
    client.setQueryData(dbtKeys.status, {});
    frameReader(client)({ type: "observation", key: "dashboard" });
    expect(stale(client, dbtKeys.status)).toBe(false);
    frameReader(client)({ type: "observation", key: DBT_PROJECT_KEY });
    expect(stale(client, dbtKeys.status)).toBe(true);
  });

  test("the dashboard's service is read again when it was seen anew, and while a restart is on", () => {
    const keys = [dashboardKeys.view, dashboardKeys.restarts, dashboardKeys.due];
    const staleAfter = (frame: StreamFrame) => {
      const client = new QueryClient();
      for (const key of keys) client.setQueryData(key, {});
      frameReader(client)(frame);
      return keys.map((key) => stale(client, key));
    };
    const restart = (state: RunSummary["state"]) => run({ kind: "dashboard-restart", state });
    expect(staleAfter({ type: "observation", key: DASHBOARD_KEY })).toEqual([true, false, false]);
    expect(staleAfter({ type: "run", run: restart("running") })).toEqual([true, false, false]);
    expect(staleAfter({ type: "run", run: restart("succeeded") })).toEqual([true, true, true]);
    expect(staleAfter({ type: "run", run: run({ kind: "dbt", state: "succeeded" }) })).toEqual([
      false,
      false,
      true,
    ]);
    expect(staleAfter({ type: "run", run: run({ kind: "backfill", state: "succeeded" }) })).toEqual([
      false,
      false,
      false,
    ]);
  });
});
