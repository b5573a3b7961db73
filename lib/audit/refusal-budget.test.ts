import { describe, expect, it } from "vitest";
import { createRefusalBudget, UNKNOWN_REFUSALS } from "./refusal-budget";

const { each, all } = UNKNOWN_REFUSALS;

function take(budget: ReturnType<typeof createRefusalBudget>, times: number, address: string) {
  return Array.from({ length: times }, () => budget.take("run.create", address));
}

describe("refusals to strangers", () => {
  it("are kept up to a number from one address, the last of which says so, and again in the next minute", () => {
    let now = 0;
    const budget = createRefusalBudget(() => now);
    expect(take(budget, each + 2, "a")).toEqual([
      ...Array(each - 1).fill("kept"),
      "last",
      "dropped",
      "dropped",
    ]);
    expect(budget.take("session.sign-in", "a")).toBe("kept");
    expect(budget.take("run.create", "b")).toBe("kept");
    now = 59_999;
    expect(budget.take("run.create", "a")).toBe("dropped");
    now = 60_000;
    expect(budget.take("run.create", "a")).toBe("kept");
  });

  it("are bounded in all, from however many addresses", () => {
    const budget = createRefusalBudget(() => 0);
    const answers = Array.from({ length: all + 5 }, (_, index) =>
      budget.take("run.create", `address ${index}`),
    );
    expect(answers.filter((answer) => answer !== "dropped")).toHaveLength(all);
    expect(answers[all - 1]).toBe("last");
  });
});
