import { EventEmitter } from "node:events";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createOpenStreams } from "./open-streams";

function processOf() {
  const exit = vi.fn();
  const host = Object.assign(new EventEmitter(), { exit });
  return { host, exit, streams: createOpenStreams(host) };
}

afterEach(() => void vi.useRealTimers());

describe("createOpenStreams", () => {
  it("counts what is open, and ends all of it on a signal, what is opened afterwards included", () => {
    vi.useFakeTimers();
    const { host, exit, streams } = processOf();
    const [first, second, late] = [vi.fn(), vi.fn(), vi.fn()];
    const release = streams.add(first);
    streams.add(second);
    expect(streams.count()).toBe(2);
    release();
    host.emit("SIGTERM");
    streams.add(late);
    expect([first, second, late].map((end) => end.mock.calls.length)).toEqual([0, 1, 1]);
    vi.advanceTimersByTime(5_000);
    expect(exit.mock.calls).toEqual([[143]]);
  });

  it("does not keep the process for the time that its last streams are given", () => {
    const { host, exit } = processOf();
    const before = process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
    host.emit("SIGINT");
    host.emit("SIGTERM");
    expect(process.getActiveResourcesInfo().filter((name) => name === "Timeout")).toHaveLength(before);
    expect(exit).not.toHaveBeenCalled();
  });
});
