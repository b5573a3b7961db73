import { describe, expect, test } from "vitest";
import { RUNS_FILTER_PARSERS } from "./runs-filter";

describe("RUNS_FILTER_PARSERS", () => {
  test.each([
    ["state", "attention", "attention"],
    ["state", "no_effect", "no_effect"],
    ["state", "everything", null],
    ["date", "2026-11-19", "2026-11-19"],
    ["date", "2025-02-30", null],
    ["date", "--help", null],
    ["kind", "dbt", "dbt"],
    ["kind", "shell", null],
    ["before", "019ab1c2-7c1e-7b1a-9c3d-5a1b2c3d4e5f", "019ab1c2-7c1e-7b1a-9c3d-5a1b2c3d4e5f"],
    ["before", "2026-11-22T20:42:39.000Z", null],
  ] as const)("%s=%s gives %s", (name, text, value) =>
    expect(RUNS_FILTER_PARSERS[name].parse(text)).toBe(value),
  );
});
