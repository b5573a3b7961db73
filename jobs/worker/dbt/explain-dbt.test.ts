import { describe, expect, it } from "vitest";
import type { Explanation } from "@/jobs/worker/run-handler";
import { explainDbt, hintFor } from "./explain-dbt";

function explain(...lines: string[]): string | null {
  const known = lines.reduce<Explanation | null>(
    (found, text, index) => explainDbt(found, { seq: index + 1, text }),
    null,
  );
  return known && `${known.seq}: ${known.text}`;
}

describe("explainDbt", () => {
  it.each<[string, string[], string | null]>([
    ["a build without a fault", ["00:50:07  Done. PASS=77 WARN=1 ERROR=0"], null],
    [
      "a project that does not parse",
      [
        "00:50:07  Encountered an error:",
        "Compilation Error",
        "  Model 'model.nba.a' depends on a node named 'b' which was not found",
      ],
      "2: Compilation Error: Model 'model.nba.a' depends on a node named 'b' which was not found",
    ],
    [
      "a password that is wrong",
      [
        "00:50:07  Encountered an error:",
        "Database Error",
        '  connection to server at "db", port 5432 failed: FATAL:  password authentication failed for user "x"',
      ],
      '3: connection to server at "db", port 5432 failed: FATAL:  password authentication failed for user "x"',
    ],
    [
      "a test that failed, in colour",
      [
        "00:50:07  \u001b[31mFailure in test boxscores_are_unique (models/facts.yml)\u001b[0m",
        "00:50:07    Got 174 results, configured to fail if != 0",
        "00:50:07  \u001b[31mFailure in test another (models/facts.yml)\u001b[0m",
      ],
      "1: Failure in test boxscores_are_unique (models/facts.yml): Got 174 results, configured to fail if != 0",
    ],
    [
      "a model's error before a test's",
      [
        "00:50:07  Failure in test a (models/facts.yml)",
        "00:50:07    Got 1 result",
        "00:50:07    Database Error in model b (models/b.sql)",
        '  relation "c" does not exist',
      ],
      '3: Database Error in model b (models/b.sql): relation "c" does not exist',
    ],
    [
      "an announcement whose next line is elsewhere",
      ["Runtime Error", "", "  something unlike an explanation"],
      "1: Runtime Error",
    ],
  ])("%s", (_name, lines, expected) => expect(explain(...lines)).toBe(expected));

  it.each([
    ['FATAL:  password authentication failed for user "x"', "DBT_ENV_DBT_PASS"],
    ['connection to server at "127.0.0.1", port 1 failed: Connection refused', "DBT_ENV_DBT_PORT"],
    ['FATAL:  database "nba" does not exist', "DBT_ENV_DBT_DBNAME"],
    ["Env var required but not provided: 'DBT_HOST'", "DBT_ENV_"],
    ["Compilation Error: Model depends on a node named 'b'", "does not parse"],
    ["permission denied for schema silver", "administrator"],
  ])("says what to do about %s", (text, hint) => expect(hintFor(text)).toContain(hint));

  it("says nothing where that depends", () => {
    expect(hintFor("Failure in test boxscores_are_unique (models/facts.yml)")).toBeNull();
  });
});
