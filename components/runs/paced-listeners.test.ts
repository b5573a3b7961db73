import { expect, test, vi } from "vitest";
import { PacedListeners } from "./paced-listeners";

function setUp() {
  const frames: (() => void)[] = [];
  const paced = new PacedListeners((tell) => frames.push(tell));
  const listener = vi.fn();
  const leave = paced.subscribe(listener);
  return { paced, frames, listener, leave };
}

test("tells at once after a silence, and of a burst once a frame", () => {
  const { paced, frames, listener } = setUp();
  paced.tell();
  expect(listener).toHaveBeenCalledTimes(1);
  for (let times = 0; times < 1_000; times += 1) paced.tell();
  expect(frames).toHaveLength(1);
  expect(listener).toHaveBeenCalledTimes(1);
  frames[0]?.();
  expect(listener).toHaveBeenCalledTimes(2);
  frames[1]?.();
  expect(listener).toHaveBeenCalledTimes(2);
  paced.tell();
  expect(listener).toHaveBeenCalledTimes(3);
});

test("its version changes with each telling", () => {
  const { paced, frames } = setUp();
  const before = paced.getVersion();
  paced.tell();
  const first = paced.getVersion();
  expect(first).not.toBe(before);
  paced.tell();
  expect(paced.getVersion()).toBe(first);
  frames[0]?.();
  expect(paced.getVersion()).not.toBe(first);
});

test("a listener can leave", () => {
  const { paced, listener, leave } = setUp();
  leave();
  paced.tell();
  expect(listener).not.toHaveBeenCalled();
});
