import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createRedactor } from "@/lib/logs/redact";
import { readProfile } from "./read-profile";

let cwd: string;

beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), "backcourt-profile-"));
  mkdirSync(join(cwd, "profiles"));
  writeFileSync(join(cwd, "dbt_project.yml"), "name: nba\nprofile: nba\n");
  writeFileSync(
    join(cwd, "profiles/profiles.yml"),
    `nba:
  outputs:
    prod: {type: postgres, host: db, user: pipeline, dbname: w, password: literal-pw}
    dev: {type: postgres, host: db, user: pipeline, dbname: w, password: of-another-target}
`,
  );
});
afterAll(() => rmSync(cwd, { recursive: true }));

it("tells of the passwords that stand in a profile, so that no log shows them", async () => {
  const { secrets, connection } = await readProfile({ cwd, profilesDir: null, target: "prod", env: {} });
  expect(connection).toMatchObject({ host: "db", password: "literal-pw" });
  const redact = createRedactor([]);
  redact.learn(secrets);
  expect(redact('connection to db failed for "literal-pw", of-another-target')).toBe(
    'connection to db failed for "***", ***',
  );
});
