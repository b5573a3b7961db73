import { expect, test } from "vitest";
import { healthSchema } from "@/lib/contracts/health";
import { healthOf } from "./health-query";

test("the names of the parts that are down make a page that says what that means", () => {
  const health = healthSchema.parse(healthOf(["database", "worker"], new Date("2026-11-22T20:00:00Z")));
  expect(health.ok).toBe(false);
  expect(health.parts.filter(({ up }) => !up).map(({ name }) => name)).toEqual(["worker", "database"]);
  expect(health.parts.find(({ name }) => name === "database")?.text).toMatch(/nothing can be ordered/);
  expect(health.parts.find(({ name }) => name === "redis")).toMatchObject({ up: true, text: "answers" });
});
