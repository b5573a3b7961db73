import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listNodeResults } from "@/lib/dbt-results/list-node-results";
import { easternDate } from "@/lib/game-date";
import { type DbtConsole, openDbtConsole } from "@/sandbox/testing/dbt-console";
import { createThrowawayWarehouse, type ThrowawayWarehouse } from "@/sandbox/testing/throwaway-warehouse";
import { seedWarehouse } from "@/sandbox/warehouse/seed";

const BUILD_MS = 240_000;
const now = new Date();

let warehouse: ThrowawayWarehouse;
let desk: DbtConsole;
let folder: string;

beforeAll(async () => {
  warehouse = await createThrowawayWarehouse();
  await seedWarehouse({ client: warehouse.admin, now, anchorDate: easternDate(now) });
  desk = await openDbtConsole(warehouse);
  folder = mkdtempSync(join(tmpdir(), "backcourt-refusals-"));
}, BUILD_MS);

afterAll(async () => {
  await desk?.close();
  await warehouse?.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** A checkout of its own with one file changed, or a folder of profiles of its own. */
function checkoutWith(name: string, file: string, text: string): string {
  const copy = join(folder, name);
  cpSync(desk.checkout.folder, copy, { recursive: true });
  writeFileSync(join(copy, file), text);
  return copy;
}

function profilesWith(name: string, text: string): string {
  mkdirSync(join(folder, name));
  writeFileSync(join(folder, name, "profiles.yml"), text);
  return join(folder, name);
}

type Case = [
  name: string,
  changed: () => Record<string, string | undefined>,
  state: string,
  outcome: string[],
];

const CASES: Case[] = [
  [
    "dbt that is not installed",
    () => ({ DBT_COMMAND: '["no-such-dbt"]' }),
    "failed",
    ["The program no-such-dbt does not exist", "Install dbt there", "DBT_COMMAND"],
  ],
  [
    "a folder that is not there",
    () => ({ DBT_CWD: "/no/such/checkout" }),
    "refused",
    ["There is no dbt_project.yml in /no/such/checkout", "Set DBT_CWD"],
  ],
  [
    "a folder that is no project",
    () => ({ DBT_CWD: folder }),
    "refused",
    ["There is no dbt_project.yml", "Set DBT_CWD"],
  ],
  [
    "a project file that is damaged",
    () => ({ DBT_CWD: checkoutWith("damaged", "dbt_project.yml", "name: [nba\n") }),
    "refused",
    ["dbt_project.yml is not valid YAML"],
  ],
  [
    "no profile",
    () => ({ DBT_PROFILES_DIR: "/no/such/profiles" }),
    "refused",
    ["No profiles.yml was found in /no/such/profiles", "Set DBT_PROFILES_DIR"],
  ],
  [
    "a broken profile",
    () => ({ DBT_PROFILES_DIR: profilesWith("broken", "nba_warehouse: {target: prod, outputs: [") }),
    "refused",
    ["profiles.yml is not valid YAML"],
  ],
  [
    "another project's profile",
    () => ({ DBT_PROFILES_DIR: profilesWith("another", "another:\n  outputs: {prod: {type: postgres}}\n") }),
    "refused",
    ["has no profile nba_warehouse"],
  ],
  [
    "a target that the profile lacks",
    () => ({ DBT_TARGET: "staging" }),
    "refused",
    ["has no target staging, only prod", "Set DBT_TARGET"],
  ],
  [
    "a database of another kind",
    () => ({
      DBT_PROFILES_DIR: profilesWith("duck", "nba_warehouse:\n  outputs: {prod: {type: duckdb}}\n"),
    }),
    "refused",
    ["is of type duckdb"],
  ],
  [
    "a project that does not parse",
    () => ({ DBT_CWD: checkoutWith("unparsable", "models/facts/dim_teams.sql", "{{ ref('nowhere') }}") }),
    "failed",
    ["dbt ended with exit 2 before it built anything", "nowhere", "The project does not parse"],
  ],
  [
    "a variable that is not set",
    () => ({ DBT_ENV_DBT_SCHEMA: undefined }),
    "failed",
    ["before it built anything", "Env var required but not provided: 'DBT_SCHEMA'", "DBT_ENV_"],
  ],
  [
    "a database that refuses the password",
    () => ({ DBT_ENV_DBT_PASS: "not-the-password" }),
    "failed",
    ["before it built anything", "password authentication failed", "DBT_ENV_DBT_PASS"],
  ],
  [
    "a database that does not listen",
    () => ({ DBT_ENV_DBT_PORT: "1" }),
    "failed",
    ["before it built anything", "onnection refused", "DBT_ENV_DBT_PORT"],
  ],
];

describe("a build that cannot be", { timeout: BUILD_MS }, () => {
  it.each(CASES)("%s: says what to do, and nothing is built", async (_name, changed, state, outcome) => {
    await desk.configure(changed());
    const id = await desk.order({ select: ["team_colors"] });
    const run = await desk.ended(id);
    expect(run.state, `${run.outcome}\n${run.text}`).toBe(state);
    for (const words of outcome) expect(run.outcome, run.text).toContain(words);
    expect(run.outcome).not.toContain("not-the-password");
    expect(await listNodeResults(desk.db, id)).toEqual([]);
  });

  it("a model whose SQL fails: the message, the SQL and what it held up, without a secret", async () => {
    const secret = "sandbox-test";
    await desk.configure({
      DBT_CWD: checkoutWith(
        "failing",
        "models/facts/dim_teams.sql",
        `select '${secret}' as team from no_such_table`,
      ),
    });
    const id = await desk.order({ select: ["dim_teams+1"] });
    const run = await desk.ended(id);
    expect(run, run.text).toMatchObject({ state: "failed", exitCode: 1 });
    expect(run.outcome).toMatch(/^0 of \d+ models built; dim_teams failed, \d+ skipped$/);
    const nodes = await listNodeResults(desk.db, id);
    const failed = nodes.find(({ name }) => name === "dim_teams");
    expect(failed).toMatchObject({ status: "error", hasSql: true });
    expect(failed?.message).toContain('relation "no_such_table" does not exist');
    expect(failed?.message).not.toContain("compiled code at");
    expect(nodes.find(({ name }) => name === "team_colors")).toMatchObject({
      status: "skipped",
      message: "Skipped because dim_teams failed.",
    });
    const stored = await desk.db.dbtNodeResult.findMany({ where: { runId: id } });
    expect(stored.find(({ name }) => name === "dim_teams")?.compiledSql).toBe(
      "select '***' as team from no_such_table",
    );
    expect(JSON.stringify([run.text, run.outcome, run.receipt, run.progress])).not.toContain(secret);
  });
});
