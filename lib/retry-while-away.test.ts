import { describe, expect, it } from "vitest";
import { retryWhileDatabaseIsAway } from "./retry-while-away";

function trying(failures: unknown[]) {
  const pauses: number[] = [];
  let retries = 0;
  const result = retryWhileDatabaseIsAway(
    async () => {
      const failure = failures.shift();
      if (failure) throw failure;
      return "done";
    },
    {
      sleep: async (ms) => void pauses.push(ms),
      onRetry: () => {
        retries += 1;
      },
    },
  );
  return { result, pauses, retries: () => retries };
}

const away = () => new Error("connect ECONNREFUSED 127.0.0.1:5432");

describe("retryWhileDatabaseIsAway", () => {
  it("tries again with longer pauses, up to a limit, for as long as it takes", async () => {
    const { result, pauses, retries } = trying(Array.from({ length: 8 }, away));
    expect(await result).toBe("done");
    expect(pauses).toEqual([100, 200, 400, 800, 1_600, 2_000, 2_000, 2_000]);
    expect(retries()).toBe(8);
  });

  it("does not try again what is wrong in itself", async () => {
    const { result, pauses } = trying([away(), new Error("syntax error"), away()]);
    await expect(result).rejects.toThrow("syntax error");
    expect(pauses).toEqual([100]);
  });
});
