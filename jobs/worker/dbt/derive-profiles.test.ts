import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { deriveProfiles } from "./derive-profiles";

const PROFILE = `# how dbt connects
nba:
  target: prod
  outputs:
    prod:
      type: postgres
      host: "{{ env_var('DBT_HOST') }}"
      port: "{{ env_var('DBT_PORT') | as_number }}" # a number
      password: '{{ env_var("DBT_PASS") }}'
      threads: 4
`;

function outputsOf(text: string): Record<string, Record<string, unknown>> {
  return parse(text, { version: "1.1", merge: true }).nba.outputs;
}

describe("deriveProfiles", () => {
  it("names the sessions and changes nothing else, comments and Jinja included", () => {
    const derived = deriveProfiles(PROFILE, "backcourt-1");
    expect(derived).toBe(`${PROFILE}      application_name: backcourt-1\n`);
  });

  it.each<[string, string, Record<string, unknown>]>([
    ["a name that is there", "prod: {type: postgres, application_name: mine}", { application_name: "b" }],
    [
      "values of YAML 1.1",
      "prod: {type: postgres, keepalives_idle: 010, autocommit: no}",
      {
        keepalives_idle: 8,
        autocommit: false,
        application_name: "b",
      },
    ],
    [
      "a merged type",
      "base: &base {type: postgres}\n    prod: {<<: *base, threads: 2}",
      {
        type: "postgres",
        threads: 2,
        application_name: "b",
      },
    ],
    ["an alias", "dev: &dev {type: postgres}\n    prod: *dev", { application_name: "b" }],
  ])("reaches %s", (_name, output, expected) => {
    const derived = deriveProfiles(`nba:\n  outputs:\n    ${output}\n`, "b");
    expect(outputsOf(derived).prod).toMatchObject(expected);
  });

  it("leaves other databases, and what is no profile, alone", () => {
    const text = "config: {use_colors: true}\nnba:\n  outputs:\n    prod: {type: redshift}\n";
    expect(parse(deriveProfiles(text, "b"))).toEqual(parse(text));
  });

  it.each(["nba: {outputs: [", "a: b: c"])("refuses %j", (text) => {
    expect(() => deriveProfiles(text, "b")).toThrow("profiles.yml is not valid YAML");
  });
});
