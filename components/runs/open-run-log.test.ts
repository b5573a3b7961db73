import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type EventSourceLike, LiveConnection } from "./live-connection";
import { handOverLog, openRunLog, readLogEarly, watchOf } from "./open-run-log";

const RUN = "01936c5e-0000-7000-8000-000000000001";

function setUp() {
  const opened: { url: string; source: EventSourceLike }[] = [];
  const connection = new LiveConnection({
    open: (url) => {
      const source: EventSourceLike = { onmessage: null, onerror: null, close: () => {} };
      opened.push({ url, source });
      return source;
    },
    onFrame: () => {},
    onResumed: () => {},
    random: () => 1,
    now: () => 1_000,
    setTimer: () => 0,
    clearTimer: () => {},
  });
  connection.start();
  const send = (frame: object) =>
    opened.at(-1)?.source.onmessage?.(new MessageEvent("message", { data: JSON.stringify(frame) }));
  const lines = (...seqs: number[]) =>
    send({
      type: "lines",
      runId: RUN,
      lines: seqs.map((seq) => ({ seq, at: "2026-11-22T20:42:10.100Z", channel: "stdout", text: `${seq}` })),
    });
  return { connection, urls: () => opened.map(({ url }) => url), send, lines };
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("document", { hidden: true });
});
afterEach(() => {
  vi.runAllTimers();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("a log is read before its page is there, and the page goes on with it on the same stream", () => {
  const { connection, urls, send, lines } = setUp();
  readLogEarly(connection, RUN);
  send({ type: "hello" });
  lines(1, 2);
  const log = openRunLog(RUN, 0);
  expect(log.state.status).toBe("following");
  expect(log.pages.extent).toBe(2);
  const leave = connection.watch(watchOf(RUN, log));
  handOverLog(RUN);
  lines(3);
  expect(log.pages.extent).toBe(3);
  expect(urls()).toEqual(["/api/stream", `/api/stream?run=${RUN}&after=0`]);
  expect(openRunLog(RUN, 0)).not.toBe(log);
  leave();
  expect(urls().at(-1)).toBe("/api/stream");
});

test("a page that does not come lets go of the stream", () => {
  const { connection, urls } = setUp();
  readLogEarly(connection, RUN);
  const log = openRunLog(RUN, 0);
  vi.advanceTimersByTime(10_000);
  expect(urls().at(-1)).toBe("/api/stream");
  expect(openRunLog(RUN, 0)).not.toBe(log);
});
