import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { LogLine } from "@/lib/contracts/log";
import type { RunSummary } from "@/lib/contracts/runs";
import type { WakeEvent } from "@/lib/events/channel";
import { createReaderCalls } from "./reader-calls";
import { type Outgoing, watchEvents } from "./watch-events";

const RUN = "019a0000-0000-7000-8000-000000000001";

/** A stored log that grows, a run that may end, and the wake-up calls between them. */
function world({ connected = true, heartbeatMs = 40 } = {}) {
  const listeners = new Set<(event: WakeEvent) => void>();
  const lines: LogLine[] = [];
  const state = { final: false, away: false, troubles: 0, title: "Backfill" };
  const abort = new AbortController();
  const announce = (event: WakeEvent) => {
    for (const listener of [...listeners]) listener(event);
  };
  const clock = () => performance.now();
  const calls = createReaderCalls({
    hub: {
      connected: () => connected,
      listen: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    gapMs: () => 0,
    lookMs: 60,
    blindLookMs: 5,
    clock,
  });
  const answer = <Value>(value: () => Value) =>
    state.away ? Promise.reject(new Error("away")) : Promise.resolve(value());
  const watch = (run: { id: string; after: number } | null) =>
    watchEvents({
      calls,
      run,
      readLines: (_run, after, limit) => answer(() => lines.filter(({ seq }) => seq > after).slice(0, limit)),
      readRun: (id) =>
        answer(() => ({
          summary: { id, title: state.title } as RunSummary,
          logLines: lines.length,
          final: state.final,
        })),
      signal: abort.signal,
      retryMs: 5,
      heartbeatMs,
      onTrouble: () => {
        state.troubles += 1;
      },
      now: clock,
    });
  return {
    listeners,
    state,
    abort,
    announce,
    watch,
    write(count: number) {
      for (let i = 0; i < count; i += 1) {
        lines.push({
          seq: lines.length + 1,
          at: new Date(0).toISOString(),
          channel: "stdout",
          text: `line ${lines.length + 1}`,
        });
      }
      announce({ type: "log", runId: RUN });
    },
  };
}

/** The next `count` frames, heartbeats left out. */
async function take(frames: AsyncGenerator<Outgoing>, count: number) {
  const taken: Exclude<Outgoing, "heartbeat">[] = [];
  while (taken.length < count) {
    const next = await frames.next();
    if (next.done) break;
    if (next.value !== "heartbeat") taken.push(next.value);
  }
  return taken;
}

function seqs(outgoing: Exclude<Outgoing, "heartbeat">[]): number[] {
  return outgoing.flatMap(({ frame }) => (frame.type === "lines" ? frame.lines.map(({ seq }) => seq) : []));
}

describe("watchEvents", () => {
  it("replays what is stored, then follows, each line once and in order", async () => {
    const { watch, write } = world();
    write(3);
    const frames = watch({ id: RUN, after: 0 });
    const replayed = await take(frames, 2);
    expect(replayed.map(({ frame }) => frame.type)).toEqual(["hello", "lines"]);
    write(2);
    write(1);
    expect(seqs([...replayed, ...(await take(frames, 1))])).toEqual([1, 2, 3, 4, 5, 6]);
    await frames.return(undefined);
  });

  it("resumes behind the line that the reader has, and names the last one as the event's id", async () => {
    const { watch, write } = world();
    write(5);
    const taken = await take(watch({ id: RUN, after: 3 }), 2);
    expect(seqs(taken)).toEqual([4, 5]);
    expect(taken[1]?.id).toBe(5);
  });

  it("loses no line that is written between the replay and the wait", async () => {
    const { watch, write } = world();
    const frames = watch({ id: RUN, after: 0 });
    await take(frames, 1);
    const all: number[] = [];
    for (let round = 1; round <= 50; round += 1) {
      write(round % 3);
      if (round % 3 !== 0) all.push(...seqs(await take(frames, 1)));
    }
    expect(all).toEqual(Array.from({ length: all.length }, (_, i) => i + 1));
  });

  it("says that a log has ended once its run is final and every line was sent", async () => {
    const { watch, write, state, announce } = world();
    write(2);
    const frames = watch({ id: RUN, after: 0 });
    await take(frames, 2);
    state.final = true;
    announce({ type: "run", runId: RUN });
    const types = (await take(frames, 2)).map(({ frame }) => frame.type);
    expect(types.sort()).toEqual(["end-of-log", "run"]);
  });

  it("tells a tab without a run of runs and dates, many events as one", async () => {
    const { watch, announce } = world();
    const frames = watch(null);
    await take(frames, 1);
    for (let i = 0; i < 100; i += 1) announce({ type: "run", runId: RUN });
    announce({ type: "coverage", dates: ["2026-11-20"] });
    announce({ type: "coverage", dates: ["2026-11-20", "2026-11-21"] });
    const taken = await take(frames, 2);
    expect(taken.map(({ frame }) => frame)).toEqual([
      { type: "run", run: { id: RUN, title: "Backfill" } },
      { type: "coverage", dates: ["2026-11-20", "2026-11-21"] },
    ]);
  });

  it.each([null, { id: RUN, after: 0 }])(
    "is woken at once by what happens while it waits: %j",
    async (run) => {
      const { watch, announce, listeners } = world({ heartbeatMs: 60_000 });
      const frames = watch(run);
      await take(frames, 1);
      const events: WakeEvent[] = [
        { type: "coverage", dates: ["2026-11-20"] },
        { type: "observation", key: "dbt-project" },
        { type: "run", runId: "019a0000-0000-7000-8000-000000000002" },
      ];
      for (const event of events) {
        const next = take(frames, 1);
        // Long enough for it to be waiting, however little it has to do.
        for (let turns = 0; turns < 20; turns += 1) await sleep(0);
        announce(event);
        expect((await next)[0]?.frame.type).toBe(event.type);
      }
      await frames.return(undefined);
      expect(listeners.size).toBe(0);
    },
  );

  it.each([{ connected: false }, { connected: true }])(
    "finds new lines and a new state by itself when no wake-up call comes: %j",
    async (hub) => {
      const { watch, write, listeners, state } = world(hub);
      const frames = watch({ id: RUN, after: 0 });
      write(1);
      expect(seqs(await take(frames, 2))).toEqual([1]);
      while ((await frames.next()).value !== "heartbeat");
      listeners.clear();
      write(2);
      state.title = "Backfill, seen anew";
      const taken = await take(frames, 2);
      expect(seqs(taken)).toEqual([2, 3]);
      expect(taken[1]?.frame).toEqual({ type: "run", run: { id: RUN, title: "Backfill, seen anew" } });
      state.final = true;
      expect((await take(frames, 1))[0]?.frame.type).toBe("end-of-log");
    },
  );

  it("stays open while the database is away, and then tells everything once", async () => {
    const { watch, write, announce, state } = world();
    const frames = watch({ id: RUN, after: 0 });
    write(2);
    await take(frames, 2);
    state.away = true;
    write(3);
    const other = "019a0000-0000-7000-8000-000000000002";
    announce({ type: "run", runId: other });
    const next = take(frames, 2);
    while (state.troubles < 3) await sleep(1);
    state.away = false;
    const taken = await next;
    expect(seqs(taken)).toEqual([3, 4, 5]);
    expect(taken[1]?.frame).toMatchObject({ type: "run", run: { id: other } });
  });

  it("sends a heartbeat on a silent stream, and ends when it is told to", async () => {
    const { watch, abort, listeners } = world();
    const frames = watch(null);
    await frames.next();
    expect((await frames.next()).value).toBe("heartbeat");
    const waiting = frames.next();
    await sleep(1);
    abort.abort();
    while (!(await frames.next()).done);
    await waiting;
    expect(listeners.size).toBe(0);
  });
});
