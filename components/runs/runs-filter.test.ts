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
    ["before", "2026-11-22T20:42:39.000Z", "2026-11-22T20:42:39.000Z"],
    ["before", "yesterday", null],
  ] as const)("%s=%s gives %s", (name, text, value) =>
    expect(RUNS_FILTER_PARSERS[name].parse(text)).toBe(value),
  );
});
