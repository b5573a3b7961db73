import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { RunSummary } from "@/lib/contracts/runs";
import { coverageKeys } from "@/lib/queries/coverage-queries";
import { runKeys } from "@/lib/queries/run-queries";
import { frameReader, LISTS_REFRESH_MS } from "./frame-reader";

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

  test("a run's frame is shown at once in its page and in lists, and both are read again", () => {
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
    expect(stale(client, runKeys.list({}))).toBe(true);
  });

  test("a run that nobody looks at fills no cache", () => {
    const client = new QueryClient();
    frameReader(client)({ type: "run", run: run() });
    expect(client.getQueryCache().getAll()).toEqual([]);
  });

  test("two hundred runs at once read the lists again at the start and at the end", () => {
    const client = new QueryClient();
    client.setQueryData(runKeys.list({}), { runs: [run()], nextBefore: null });
    const refreshed = vi.spyOn(client, "invalidateQueries");
    const read = frameReader(client);
    const ofLists = () => refreshed.mock.calls.filter(([filter]) => filter?.predicate !== undefined).length;
    for (let count = 0; count < 200; count += 1) read({ type: "run", run: run() });
    expect(ofLists()).toBe(1);
    vi.advanceTimersByTime(LISTS_REFRESH_MS);
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
});
