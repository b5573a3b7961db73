import { describe, expect, it, vi } from "vitest";
import type { WakeEvent } from "@/lib/events/channel";
import type { EventHub } from "@/lib/events/event-hub";
import type { Outgoing } from "./watch-events";
import { watchStanding, withOutcome } from "./watch-standing";

type Found = "same" | "changed" | "lost";

function begin(found: () => Promise<Found>, everyMs = 60_000) {
  const listeners = new Set<(event: WakeEvent) => void>();
  const hub = {
    listen: (listener: (event: WakeEvent) => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    connected: () => true,
  } as EventHub;
  const look = vi.fn(found);
  const onOutcome = vi.fn();
  const watch = watchStanding({ hub, personId: "ann", look, everyMs, onOutcome });
  const announce = (event: WakeEvent) => {
    for (const listener of listeners) listener(event);
  };
  return { watch, look, onOutcome, announce, listeners };
}

async function allOf(frames: AsyncGenerator<Outgoing>): Promise<Outgoing[]> {
  const all: Outgoing[] = [];
  for await (const frame of frames) all.push(frame);
  return all;
}

async function* onlyHello(): AsyncGenerator<Outgoing> {
  yield { frame: { type: "hello" } };
}

describe("whoever reads a stream", () => {
  it("is looked at again when the console changed them, and not when it changed another", async () => {
    const { look, onOutcome, announce, watch } = begin(async () => "lost");
    announce({ type: "person", personId: "bob" });
    announce({ type: "run", runId: "r" });
    expect(look).not.toHaveBeenCalled();
    announce({ type: "person", personId: "ann" });
    await vi.waitFor(() => expect(onOutcome).toHaveBeenCalledTimes(1));
    expect(watch.outcome()).toBe("session-ended");
  });

  it("is looked at again by the clock, as nothing may be announced", async () => {
    const found: Found[] = ["same", "same", "changed"];
    const { onOutcome, watch, look } = begin(async () => found.shift() ?? "same", 5);
    await vi.waitFor(() => expect(onOutcome).toHaveBeenCalledTimes(1));
    expect(watch.outcome()).toBe("viewer-changed");
    expect(look).toHaveBeenCalledTimes(3);
  });

  it("stays while nobody can tell: the database is away", async () => {
    const found = [() => Promise.reject(new Error("away")), async () => "lost" as const];
    const { onOutcome, look, watch } = begin(() => (found.shift() ?? (async () => "same" as const))(), 5);
    await vi.waitFor(() => expect(onOutcome).toHaveBeenCalledTimes(1));
    expect([look.mock.calls.length, watch.outcome()]).toEqual([2, "session-ended"]);
  });
});

describe("the last frame of a stream", () => {
  it("says that the session is over, where that is why it ends", async () => {
    const { watch, announce, onOutcome, listeners } = begin(async () => "lost");
    announce({ type: "person", personId: "ann" });
    await vi.waitFor(() => expect(onOutcome).toHaveBeenCalled());
    expect(await allOf(withOutcome(onlyHello(), watch))).toEqual([
      { frame: { type: "hello" } },
      { frame: { type: "session-ended" } },
    ]);
    expect(listeners.size).toBe(0);
  });

  it("is what it was otherwise, and nobody is looked at afterwards", async () => {
    const { watch, announce, look, listeners } = begin(async () => "lost");
    expect(await allOf(withOutcome(onlyHello(), watch))).toEqual([{ frame: { type: "hello" } }]);
    announce({ type: "person", personId: "ann" });
    expect([look.mock.calls.length, listeners.size]).toEqual([0, 0]);
  });
});
