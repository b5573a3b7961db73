import { describe, expect, it } from "vitest";
import { explainMl, mlReasonOfLine } from "./explain-ml";

const STAMP = "[INFO] 2026-11-23 20:00:00,000";

describe("explainMl", () => {
  it.each([
    ["Date mismatch: silver.ml_game_features holds the games of 2026-11-22", "date-mismatch"],
    ["Feature Flag season is disabled, not predicting", "flag-off"],
    ["Season feature flag is not enabled, skipping", "flag-off"],
    ["Feature Flag season is missing in gold.feature_flags, not predicting", "flag-missing"],
    ["silver.ml_game_features is empty, no games to predict today", "features-empty"],
    ["No games today", "features-empty"],
    ["Duplicate rows in the predictions: Phoenix Suns 2026-11-23", "duplicates"],
  ] as const)("understands %s", (text, reason) => {
    expect(mlReasonOfLine(`${STAMP} ${text}`)).toBe(reason);
  });

  it.each([
    ['psycopg.errors.UndefinedTable: relation "silver.ml_game_features" does not exist', "features-missing"],
    ["KeyError: 'IP'", "error"],
    ["[ERROR] 2026-11-23 20:00:00,000 something else", "error"],
  ] as const)("understands %s", (text, reason) => {
    expect(mlReasonOfLine(text)).toBe(reason);
  });

  it.each([
    "Retrieved 9 games from silver.ml_game_features",
    "Upserted 9 predictions into gold.ml_game_predictions",
    "No duplicate rows in the predictions",
    "0 duplicate rows dropped",
    "Starting the ML pipeline",
  ])("takes %s for no reason", (text) => {
    expect(explainMl(null, { seq: 1, text: `${STAMP} ${text}` })).toBeNull();
  });

  it("prefers the more telling line, and of equals the earlier", () => {
    const lines = ["[ERROR] a", "Date mismatch 1", "[ERROR] b", "Date mismatch 2"];
    const found = lines.reduce<ReturnType<typeof explainMl>>(
      (known, text, seq) => explainMl(known, { seq, text }),
      null,
    );
    expect(found).toMatchObject({ seq: 1, text: "Date mismatch 1" });
  });
});
