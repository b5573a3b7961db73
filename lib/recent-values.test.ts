import { describe, expect, it } from "vitest";
import { createRecentValues } from "./recent-values";

function create() {
  let now = 1_000;
  const values = createRecentValues<string, number>({ keepMs: 100, most: 2, clock: () => now });
  const pass = (ms: number) => {
    now += ms;
  };
  return { values, pass };
}

describe("createRecentValues", () => {
  it("gives a value until it is too old", () => {
    const { values, pass } = create();
    values.set("a", 1);
    pass(99);
    expect(values.get("a")).toBe(1);
    pass(1);
    expect(values.get("a")).toBeUndefined();
  });

  it("begins the time anew with each value", () => {
    const { values, pass } = create();
    values.set("a", 1);
    pass(60);
    values.set("a", 2);
    pass(60);
    expect(values.get("a")).toBe(2);
  });

  it("keeps the latest keys", () => {
    const { values } = create();
    values.set("a", 1);
    values.set("b", 2);
    values.set("a", 3);
    values.set("c", 4);
    expect(["a", "b", "c"].map(values.get)).toEqual([3, undefined, 4]);
  });
});
