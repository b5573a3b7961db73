import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { requireTestService } from "@/lib/testing/throwaway-database";
import { createProjectLoader, type ProjectLoaderOptions } from "./load-project";

const DBT = join(dirname(requireTestService("BACKCOURT_TEST_PYTHON")), "dbt");
const ODD_PROJECT = fileURLToPath(new URL("testing/odd-project", import.meta.url));
const MINUTE = 60_000;

let folder: string;
let cwd: string;
let clock: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "backcourt-dbt-"));
  cwd = join(folder, "project");
  cpSync(ODD_PROJECT, cwd, { recursive: true });
  clock = Date.now();
  // Counts its starts, and tells what it was given.
  writeFileSync(
    join(folder, "dbt"),
    `#!/bin/sh\necho "$@" >> ${folder}/starts\nenv > ${folder}/env\nexec ${DBT} "$@"\n`,
    {
      mode: 0o755,
    },
  );
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function loader(changes: Partial<ProjectLoaderOptions> = {}) {
  return createProjectLoader({
    command: [join(folder, "dbt")],
    cwd,
    target: "dev",
    profilesDir: null,
    env: { PATH: process.env.PATH ?? "", HOME: folder },
    scratch: join(folder, "scratch"),
    now: () => new Date(clock),
    sleep: (ms) => sleep(ms),
    ...changes,
  });
}

const starts = () =>
  existsSync(join(folder, "starts")) ? readFileSync(join(folder, "starts"), "utf8").trim().split("\n") : [];
const names = (nodes: { name: string }[]) => nodes.map(({ name }) => name);

/** Puts a manifest into the project's own target folder, as a build there would. */
async function buildThere(): Promise<string> {
  const path = join(cwd, "target/manifest.json");
  await loader().load();
  mkdirSync(dirname(path), { recursive: true });
  cpSync(join(folder, "scratch/target/manifest.json"), path);
  rmSync(join(folder, "starts"));
  return path;
}

function setTime(path: string, moment: Date): void {
  utimesSync(path, moment, moment);
}

const NIGHTLY = "selectors: [{ name: nightly, default: true, definition: { method: tag, value: mart } }]";
const MODEL = "models/gold/players.sql";

describe("loading a dbt project", { timeout: 60_000 }, () => {
  it("has dbt parse a project without a manifest, in a folder of our own, and again only after a change", async () => {
    process.env.BACKCOURT_SECRET_OF_THE_WORKER = "hunter2";
    const own = loader();
    const first = await own.load();
    delete process.env.BACKCOURT_SECRET_OF_THE_WORKER;
    expect(first.project).toMatchObject({ projectName: "odd", dbtVersion: expect.stringMatching(/^1\./) });
    expect(first.outdated).toBeNull();
    expect(existsSync(join(cwd, "target"))).toBe(false);
    expect(existsSync(join(cwd, "logs"))).toBe(false);
    expect(readFileSync(join(folder, "env"), "utf8")).not.toContain("hunter2");

    expect(await own.load({ again: true })).toBe(first);
    expect(starts()).toEqual(["parse --target dev"]);

    writeFileSync(join(cwd, "models/gold/added.sql"), "select 1 as id from {{ ref('players') }}");
    writeFileSync(join(cwd, "selectors.yml"), NIGHTLY);
    const second = await own.load();
    expect(second.project.defaultSelector).toBe("nightly");
    expect(names(second.project.nodes)).toContain("added");
    expect(second.contentHash).not.toBe(first.contentHash);
    for (const added of ["models/gold/added.sql", "selectors.yml"]) rmSync(join(cwd, added));
    expect((await own.load()).contentHash).toBe(first.contentHash);
    expect(starts()).toHaveLength(3);
  });

  it("shares one look among calls that overlap", async () => {
    const own = loader();
    const [one, other] = await Promise.all([own.load(), own.load()]);
    expect(one).toBe(other);
    expect(starts()).toHaveLength(1);
  });

  it("takes the project's own manifest while no file is younger", async () => {
    const path = await buildThere();
    const own = loader();
    const { project, outdated } = await own.load();
    expect(names(project.nodes)).toContain("fact_games");
    expect(outdated).toBeNull();
    expect(starts()).toEqual([]);

    setTime(path, new Date(Date.now() - 60 * MINUTE));
    appendFileSync(join(cwd, MODEL), "\n");
    await own.load();
    expect(starts()).toHaveLength(1);
  });

  it("has dbt make another where the project's own is damaged, or of another target", async () => {
    const path = await buildThere();
    const whole = readFileSync(path, "utf8");
    writeFileSync(path, whole.slice(0, whole.length / 2));
    expect(names((await loader().load()).project.nodes)).toContain("fact_games");
    expect(starts()).toHaveLength(1);
    await expect(loader({ command: ["no-such-dbt"] }).load()).rejects.toThrow(
      /manifest\.json is not valid JSON.*no-such-dbt does not exist/,
    );

    writeFileSync(path, whole);
    writeFileSync(join(cwd, "target/run_results.json"), JSON.stringify({ args: { target: "somebody" } }));
    await loader().load();
    expect(starts()).toHaveLength(2);
    writeFileSync(join(cwd, "target/run_results.json"), JSON.stringify({ args: { target: "dev" } }));
    await loader().load();
    expect(starts()).toHaveLength(2);
  });

  it("shows an older manifest, and says so, where dbt cannot make a newer one", async () => {
    const path = await buildThere();
    setTime(path, new Date("2026-11-20T12:04:00Z"));
    setTime(join(cwd, MODEL), new Date());
    const { project, outdated } = await loader({ command: ["no-such-dbt"] }).load();
    expect(names(project.nodes)).toContain("fact_games");
    expect(outdated).toMatch(/older manifest: it is of 2026-11-20 12:04 UTC, and .* was changed/);
    expect(outdated).toMatch(/no-such-dbt does not exist on the worker's machine.*DBT_COMMAND/);
  });

  it("gives dbt's first error, and tries again after a change, when asked (but not at once), or after five minutes", async () => {
    const own = loader();
    const model = join(cwd, MODEL);
    const good = readFileSync(model, "utf8");
    writeFileSync(model, "select * from {{ ref('fact_gmaes') }}");
    const failure = /exit code 2: Compilation Error .*players.*depends on a node named 'fact_gmaes'/;
    await expect(own.load()).rejects.toThrow(failure);
    await expect(own.load()).rejects.toThrow(failure);
    expect(starts()).toHaveLength(1);
    clock += MINUTE;
    await expect(own.load()).rejects.toThrow(failure);
    expect(starts()).toHaveLength(1);
    await expect(own.load({ again: true })).rejects.toThrow(failure);
    await expect(own.load({ again: true })).rejects.toThrow(failure);
    expect(starts()).toHaveLength(2);
    clock += 5 * MINUTE;
    await expect(own.load()).rejects.toThrow(failure);
    expect(starts()).toHaveLength(3);
    writeFileSync(model, good);
    expect(names((await own.load()).project.nodes)).toContain("players");
  });

  it("says which of the project's parts is wrong", async () => {
    await expect(loader({ cwd: join(folder, "nowhere") }).load()).rejects.toThrow(
      /folder .*nowhere does not exist on the worker's machine\. Set DBT_CWD/,
    );
    await expect(loader({ cwd: folder }).load()).rejects.toThrow(/no dbt_project\.yml in .*DBT_CWD/);
    await expect(loader({ command: ["no-such-dbt"] }).load()).rejects.toThrow(
      /no-such-dbt does not exist on the worker's machine\. Install dbt/,
    );
    await expect(
      loader({ command: ["python3", "-c", "import dbt_that_is_not_there"] }).load(),
    ).rejects.toThrow(/exit code 1: .*dbt_that_is_not_there/);
    await expect(loader({ target: "prod" }).load()).rejects.toThrow(/does not have a target named 'prod'/);
    writeFileSync(join(cwd, "dbt_project.yml"), "name: [odd\nversion: ");
    await expect(loader().load()).rejects.toThrow(/dbt_project\.yml is not valid YAML/);
    writeFileSync(join(cwd, "dbt_project.yml"), "model-paths: { a: 1 }");
    await expect(loader().load()).rejects.toThrow(/dbt_project\.yml is not a dbt project's: model-paths/);
  });

  it("ends a dbt that does not end, and one whose worker stops", async () => {
    const endless = ["sh", "-c", "trap '' INT TERM; sleep 300 & wait"];
    await expect(loader({ command: endless, timeoutMs: 300 }).load()).rejects.toThrow(
      /had not ended after 0 s and was ended/,
    );
    await expect(loader({ command: endless, signal: AbortSignal.abort() }).load()).rejects.toThrow(
      /worker stops/,
    );
  });
});
