import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { WakeEvent } from "@/lib/events/channel";
import { createReaderCalls, type ReaderCall } from "./reader-calls";

const RUN = "019a0000-0000-7000-8000-000000000001";
const LOG: WakeEvent = { type: "log", runId: RUN };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function hub() {
  const listeners = new Set<(event: WakeEvent) => void>();
  const state = { connected: true };
  const calls = createReaderCalls({
    hub: {
      connected: () => state.connected,
      listen: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    gapMs: (readers) => readers,
    lookMs: 5_000,
    blindLookMs: 1_000,
    clock: () => performance.now(),
  });
  const announce = (event: WakeEvent) => {
    for (const listener of [...listeners]) listener(event);
  };
  const reader = (runId: string | null = RUN) => {
    const heard: ReaderCall[] = [];
    return { heard, leave: calls.listen(runId, (call) => heard.push(call)) };
  };
  return { listeners, state, calls, announce, reader };
}

describe("createReaderCalls", () => {
  it("calls at once after a silence, then all readers together, the further apart the more there are", () => {
    const { announce, reader } = hub();
    const readers = Array.from({ length: 100 }, () => reader());
    const counts = () => new Set(readers.map(({ heard }) => heard.length));
    announce(LOG);
    expect(counts()).toEqual(new Set([1]));
    for (let i = 0; i < 10; i += 1) {
      vi.advanceTimersByTime(9);
      announce(LOG);
    }
    expect(counts()).toEqual(new Set([1]));
    vi.advanceTimersByTime(10);
    expect(counts()).toEqual(new Set([2]));
    vi.advanceTimersByTime(200);
    announce(LOG);
    expect(counts()).toEqual(new Set([3]));
  });

  it("tells of a log only those who follow it, and of runs everyone", () => {
    const { announce, reader } = hub();
    const [follower, other, none] = [reader(), reader("another"), reader(null)];
    announce(LOG);
    announce({ type: "run", runId: RUN });
    expect([follower, other, none].map(({ heard }) => heard.map(({ type }) => type))).toEqual([
      ["log", "run"],
      ["run"],
      ["run"],
    ]);
  });

  it("looks by itself when no news have come for long, soon while Redis is away", () => {
    const { announce, reader, state } = hub();
    const { heard } = reader();
    announce(LOG);
    vi.advanceTimersByTime(4_500);
    expect(heard).toEqual([LOG]);
    vi.advanceTimersByTime(1_000);
    expect(heard).toEqual([LOG, { type: "look" }]);
    state.connected = false;
    vi.advanceTimersByTime(3_000);
    expect(heard).toHaveLength(5);
  });

  it("leaves nothing behind when its readers have gone, in whatever order", () => {
    const { listeners, calls, announce, reader } = hub();
    const readers = [reader(), reader(null), reader(), reader("another")];
    announce(LOG);
    announce(LOG);
    for (const { leave } of readers.reverse()) leave();
    expect({ listeners: listeners.size, open: calls.count(), timers: vi.getTimerCount() }).toEqual({
      listeners: 0,
      open: 0,
      timers: 0,
    });
  });
});
