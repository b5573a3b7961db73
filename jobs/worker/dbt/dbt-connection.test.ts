import { describe, expect, it } from "vitest";
import { dbtConnectionOf } from "./dbt-connection";
import { renderEnvVars } from "./render-env-vars";

const ENV = { DBT_HOST: "db", DBT_PORT: "6543", DBT_DBNAME: "nba", DBT_USER: "dbt", DBT_PASS: "s3cret" };

describe("renderEnvVars", () => {
  it.each<[string, string | null]>([
    ["localhost", "localhost"],
    ["{{ env_var('DBT_HOST') }}", "db"],
    ['{{env_var("DBT_HOST")}}', "db"],
    ["{{ env_var('DBT_PORT') | as_number }}", "6543"],
    ["{{ env_var('DBT_PORT', '5432') | int }}", "6543"],
    ["{{ env_var('NOT_SET', 'fallback') }}", "fallback"],
    ["{{ env_var('NOT_SET', '') }}", ""],
    ["{{ env_var('NOT_SET') }}", null],
    ["{{ env_var('DBT_HOST') }}.internal", "db.internal"],
    ["{{ target.name }}", null],
    ["{% if true %}a{% endif %}", null],
  ])("%s", (text, expected) => expect(renderEnvVars(text, ENV)).toBe(expected));
});

describe("dbtConnectionOf", () => {
  const FROM_ENV = { host: "db", port: 6543, database: "nba", user: "dbt", password: "s3cret" };

  it.each<[string, Record<string, unknown>, Record<string, unknown> | null]>([
    [
      "reads the profile",
      { host: "a", port: 1, dbname: "b", user: "c", password: "d", sslmode: "require" },
      { host: "a", port: 1, database: "b", user: "c", password: "d", sslmode: "require" },
    ],
    [
      "knows dbt's other words",
      { host: "a", database: "b", user: "c", pass: "d", port: "5433" },
      { database: "b", password: "d", port: 5433, sslmode: "prefer", sslrootcert: null },
    ],
    [
      "renders variables",
      { host: "{{ env_var('DBT_HOST') }}", port: "{{ env_var('DBT_PORT') | as_number }}" },
      FROM_ENV,
    ],
    ["takes what it cannot work out from the variables", { host: "{{ 'a' ~ 'b' }}" }, FROM_ENV],
  ])("%s", (_name, output, expected) => expect(dbtConnectionOf(output, ENV)).toMatchObject(expected ?? {}));

  it("gives none where nobody can tell", () => {
    expect(dbtConnectionOf({ host: "{{ var('x') }}" }, {})).toBeNull();
    expect(dbtConnectionOf({ host: "a", dbname: "b", user: "c", port: "nine" }, {})).toBeNull();
  });
});
