import { describe, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";
import { profileSecrets } from "./profile-secrets";

const PROFILES = `
config: {send_anonymous_usage_stats: false}
nba:
  target: prod
  outputs:
    prod: &prod
      type: postgres
      host: db.example.org
      user: pipeline
      password: "literal-pw"
      port: 5432
    dev:
      <<: *prod
      pass: 12345678
    ci:
      type: postgres
      password: "{{ env_var('CI_LOGIN') }}"
      private_key: "{{ var('unknown') }}"
`;

describe("profileSecrets", () => {
  it("takes them from every output: literal, as a number, and from a variable of any name", () => {
    const profiles: unknown = parseYaml(PROFILES, { version: "1.1", merge: true });
    expect(profileSecrets(profiles, { CI_LOGIN: "from-env" }).sort()).toEqual(
      ["12345678", "from-env", "literal-pw", "literal-pw"].sort(),
    );
  });

  it.each([null, "text", 7, []])("finds none in %j", (profiles) => {
    expect(profileSecrets(profiles, {})).toEqual([]);
  });
});
