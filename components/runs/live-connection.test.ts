import { describe, expect, test, vi } from "vitest";
import type { StreamFrame } from "@/lib/contracts/stream";
import { type EventSourceLike, LiveConnection, type LogWatch } from "./live-connection";

class FakeSource implements EventSourceLike {
  onmessage: EventSourceLike["onmessage"] = null;
  onerror: EventSourceLike["onerror"] = null;
  closed = false;
  constructor(readonly url: string) {}
  close() {
    this.closed = true;
  }
  send(frame: StreamFrame | string) {
    const data = typeof frame === "string" ? frame : JSON.stringify(frame);
    this.onmessage?.(new MessageEvent("message", { data }));
  }
  fail() {
    this.onerror?.(new Event("error"));
  }
}

function setUp(random = 1) {
  const sources: FakeSource[] = [];
  const timers: { callback: () => void; wait: number }[] = [];
  const clock = { now: 1_000 };
  const onFrame = vi.fn();
  const onResumed = vi.fn();
  const connection = new LiveConnection({
    open: (url) => {
      const source = new FakeSource(url);
      sources.push(source);
      return source;
    },
    onFrame,
    onResumed,
    random: () => random,
    now: () => clock.now,
    setTimer: (callback, wait) => timers.push({ callback, wait }),
    clearTimer: vi.fn(),
  });
  const latest = () => {
    const source = sources.at(-1);
    if (!source) throw new Error("nothing was opened");
    return source;
  };
  const open = () => sources.filter((source) => !source.closed);
  return { connection, sources, timers, onFrame, onResumed, latest, open, clock };
}

const RUN = "01936c5e-0000-7000-8000-000000000001";
const line = (seq: number) => ({
  seq,
  at: "2026-11-22T20:42:10.100Z",
  channel: "stdout" as const,
  text: "x",
});

function newWatch(runId = RUN) {
  let last = 7;
  const watch: LogWatch = {
    runId,
    after: () => last,
    onLines: vi.fn((lines) => {
      last = lines.at(-1)?.seq ?? last;
    }),
    onEnd: vi.fn(),
  };
  return watch;
}

describe("LiveConnection", () => {
  test("is live from the hello on, and hands on general frames", () => {
    const { connection, latest, onFrame, onResumed } = setUp();
    connection.start();
    expect(connection.getState()).toBe("connecting");
    expect(latest().url).toBe("/api/stream");
    latest().send({ type: "hello" });
    expect(connection.getState()).toBe("live");
    expect(onResumed).not.toHaveBeenCalled();
    latest().send({ type: "coverage", dates: ["2026-11-19"] });
    expect(onFrame).toHaveBeenCalledWith({ type: "coverage", dates: ["2026-11-19"] });
  });

  test("knows since when it is away, however often it tries, and forgets it when it is back", () => {
    const { connection, latest, timers, clock } = setUp();
    connection.start();
    latest().fail();
    expect(connection.getLostAt()).toBeNull();
    timers.at(-1)?.callback();
    latest().send({ type: "hello" });
    latest().fail();
    expect(connection.getLostAt()).toBe(1_000);
    clock.now = 9_000;
    timers.at(-1)?.callback();
    latest().fail();
    expect(connection.getLostAt()).toBe(1_000);
    timers.at(-1)?.callback();
    latest().send({ type: "hello" });
    expect(connection.getLostAt()).toBeNull();
  });

  test("waits longer after each failure, up to a limit, and anew after a success", () => {
    const { connection, latest, timers, onResumed } = setUp();
    connection.start();
    latest().send({ type: "hello" });
    for (let failure = 0; failure < 8; failure += 1) {
      latest().fail();
      expect(connection.getState()).toBe("reconnecting");
      timers.at(-1)?.callback();
    }
    expect(timers.map(({ wait }) => wait)).toEqual([400, 800, 1600, 3200, 6400, 12_800, 15_000, 15_000]);
    latest().send({ type: "hello" });
    expect(onResumed).toHaveBeenCalledTimes(1);
    latest().fail();
    expect(timers.at(-1)?.wait).toBe(400);
  });

  test("jitter takes off up to half of the wait", () => {
    const { connection, latest, timers } = setUp(0);
    connection.start();
    latest().fail();
    expect(timers[0]?.wait).toBe(200);
    expect(connection.getState()).toBe("connecting");
  });

  test("a watched log resumes behind its last line, on one stream only", () => {
    const { connection, latest, timers, open, onResumed } = setUp();
    connection.start();
    const watch = newWatch();
    const leave = connection.watch(watch);
    expect(latest().url).toBe(`/api/stream?run=${RUN}&after=7`);
    expect(open()).toHaveLength(1);
    latest().send({ type: "hello" });
    expect(onResumed).not.toHaveBeenCalled();
    latest().send({ type: "lines", runId: RUN, lines: [line(8), line(9)] });
    expect(watch.onLines).toHaveBeenCalledTimes(1);
    latest().fail();
    timers.at(-1)?.callback();
    expect(latest().url).toBe(`/api/stream?run=${RUN}&after=9`);
    expect(open()).toHaveLength(1);
    leave();
    expect(latest().url).toBe("/api/stream");
    expect(open()).toHaveLength(1);
  });

  test("changes to a run's stream without missing anything: the old one is read until the new one is live", () => {
    const { connection, sources, latest, open, onFrame, onResumed } = setUp();
    connection.start();
    latest().send({ type: "hello" });
    connection.watch(newWatch());
    expect(open()).toHaveLength(2);
    sources[0]?.send({ type: "coverage", dates: ["2026-11-19"] });
    expect(onFrame).toHaveBeenCalledTimes(1);
    expect(connection.getState()).toBe("live");
    latest().send({ type: "hello" });
    expect(open()).toEqual([latest()]);
    expect(onResumed).not.toHaveBeenCalled();
  });

  test("two changes in a row keep the stream that is live", () => {
    const { connection, sources, latest, open, onResumed } = setUp();
    connection.start();
    latest().send({ type: "hello" });
    connection.watch(newWatch())();
    expect(open()).toEqual([sources[0], latest()]);
    expect(latest().url).toBe("/api/stream");
    latest().send({ type: "hello" });
    expect(open()).toEqual([latest()]);
    expect(onResumed).not.toHaveBeenCalled();
  });

  test("a second reader at the same place of the same log shares the stream, and outlives the first", () => {
    const { connection, sources, latest } = setUp();
    connection.start();
    const [first, second] = [newWatch(), newWatch()];
    const leaveFirst = connection.watch(first);
    const opened = sources.length;
    const leaveSecond = connection.watch(second);
    latest().send({ type: "hello" });
    latest().send({ type: "lines", runId: RUN, lines: [line(8)] });
    leaveFirst();
    latest().send({ type: "lines", runId: RUN, lines: [line(9)] });
    expect(sources).toHaveLength(opened);
    expect(first.onLines).toHaveBeenCalledTimes(1);
    expect(second.onLines).toHaveBeenCalledTimes(2);
    leaveSecond();
    expect(latest().url).toBe("/api/stream");
  });

  test.each<[string, (latest: FakeSource) => void, string]>([
    [
      "the stream has gone past its place",
      (at) => at.send({ type: "lines", runId: RUN, lines: [line(8)] }),
      RUN,
    ],
    ["the log has ended", (at) => at.send({ type: "end-of-log", runId: RUN }), RUN],
    ["the stream is away", (at) => at.fail(), RUN],
    ["its log is another one", () => {}, "01936c5e-0000-7000-8000-000000000002"],
  ])("a second reader gets a stream of its own where %s", (_name, happen, runId) => {
    const { connection, latest } = setUp();
    connection.start();
    connection.watch(newWatch());
    latest().send({ type: "hello" });
    happen(latest());
    const before = latest();
    connection.watch(newWatch(runId));
    expect(latest()).not.toBe(before);
    expect(latest().url).toBe(`/api/stream?run=${runId}&after=7`);
  });

  test("a change that fails before it is live counts as an interruption", () => {
    const { connection, latest, timers, open, onResumed } = setUp();
    connection.start();
    latest().send({ type: "hello" });
    connection.watch(newWatch());
    latest().fail();
    expect(open()).toHaveLength(0);
    expect(connection.getState()).toBe("reconnecting");
    timers.at(-1)?.callback();
    latest().send({ type: "hello" });
    expect(onResumed).toHaveBeenCalledTimes(1);
  });

  test("lines of another run are nobody's", () => {
    const { connection, latest } = setUp();
    connection.start();
    const watch = newWatch();
    connection.watch(watch);
    latest().send({ type: "lines", runId: "another", lines: [line(1)] });
    expect(watch.onLines).not.toHaveBeenCalled();
  });

  test("after the log's end the stream stays, and a reconnect asks for no run", () => {
    const { connection, latest, sources, timers } = setUp();
    connection.start();
    const watch = newWatch();
    const leave = connection.watch(watch);
    latest().send({ type: "hello" });
    latest().send({ type: "end-of-log", runId: RUN });
    expect(watch.onEnd).toHaveBeenCalledTimes(1);
    expect(latest().closed).toBe(false);
    latest().fail();
    timers.at(-1)?.callback();
    expect(latest().url).toBe("/api/stream");
    const opened = sources.length;
    leave();
    expect(sources).toHaveLength(opened);
  });

  test.each(["not json", "{}", '{"type":"novelty"}', '{"type":"lines","runId":"x","lines":[{"seq":0}]}'])(
    "an unknown frame is passed over: %s",
    (data) => {
      const { connection, latest, onFrame } = setUp();
      connection.start();
      latest().send({ type: "hello" });
      latest().send(data);
      expect(onFrame).not.toHaveBeenCalled();
      expect(connection.getState()).toBe("live");
    },
  );

  test("stop closes, start resumes, and a late event of a closed stream is nothing", () => {
    const { connection, sources, timers, latest, open, onResumed } = setUp();
    connection.start();
    latest().send({ type: "hello" });
    connection.stop();
    expect(open()).toHaveLength(0);
    sources[0]?.fail();
    expect(timers).toHaveLength(0);
    connection.start();
    connection.start();
    expect(sources).toHaveLength(2);
    latest().send({ type: "hello" });
    expect(onResumed).toHaveBeenCalledTimes(1);
  });
});
