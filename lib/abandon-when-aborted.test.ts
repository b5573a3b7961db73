import { describe, expect, it } from "vitest";
import { Abandoned, abandonWhenAborted } from "./abandon-when-aborted";

const never = new Promise<never>(() => undefined);

describe("abandonWhenAborted", () => {
  it("gives what the work gives, and its error", async () => {
    const { signal } = new AbortController();
    expect(await abandonWhenAborted(Promise.resolve(7), signal)).toBe(7);
    await expect(abandonWhenAborted(Promise.reject(new Error("no")), signal)).rejects.toThrow("no");
  });

  it("gives up when the signal aborts, or has aborted", async () => {
    const controller = new AbortController();
    const waiting = abandonWhenAborted(never, controller.signal);
    controller.abort();
    await expect(waiting).rejects.toBeInstanceOf(Abandoned);
    await expect(abandonWhenAborted(never, controller.signal)).rejects.toBeInstanceOf(Abandoned);
  });
});
