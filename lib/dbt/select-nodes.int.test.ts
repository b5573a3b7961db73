import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { DbtNode } from "@/lib/contracts/dbt";
import { requireTestService } from "@/lib/testing/throwaway-database";
import { createDbtGraph } from "./dbt-graph";
import { namesOf } from "./match-name";
import { orderNodes } from "./order-nodes";
import { formatSelector } from "./parse-selector";
import { readManifest } from "./read-manifest";
import { selectNodes } from "./select-nodes";

const PYTHON = requireTestService("BACKCOURT_TEST_PYTHON");
const SEED = Number(process.env.DBT_SELECTION_SEED ?? Math.floor(Math.random() * 1e9));

const scratch = mkdtempSync(join(tmpdir(), "backcourt-dbt-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const answersSchema = z.array(z.object({ listed: z.array(z.string()), started: z.array(z.string()) }));

/** Parses the project, and asks dbt itself about each selection in one process. */
async function askDbt(project: string, selections: string[][]) {
  const folder = mkdtempSync(join(scratch, "project-"));
  await new Promise<void>((resolve, reject) => {
    const child = execFile(
      PYTHON,
      [
        fileURLToPath(new URL("testing/ask_dbt.py", import.meta.url)),
        project,
        join(project, "profiles"),
        folder,
      ],
      {
        maxBuffer: 64 * 1024 * 1024,
        env: { PATH: process.env.PATH, HOME: folder, NODE_ENV: "test", ...SANDBOX_PROFILE },
      },
      (error, _stdout, stderr) => (error ? reject(new Error(stderr.slice(-4_000))) : resolve()),
    );
    child.stdin?.end(JSON.stringify(selections));
  });
  const read = (name: string) => readFileSync(join(folder, name), "utf8");
  return {
    project: readManifest(read("target/manifest.json")),
    answers: answersSchema.parse(JSON.parse(read("answers.json"))),
  };
}

/** What the sandbox's profile reads of the environment; nothing connects with it. */
const SANDBOX_PROFILE = {
  DBT_HOST: "127.0.0.1",
  DBT_PORT: "1",
  DBT_DBNAME: "none",
  DBT_SCHEMA: "public",
  DBT_USER: "nobody",
  DBT_PASS: "none",
};

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function randomSelection(names: readonly string[], seed: number): string[] {
  const random = seededRandom(seed);
  const levels = () => [0, 0, null, null, 1, 2, 3][Math.floor(random() * 7)] ?? null;
  const name = () => names[Math.floor(random() * names.length)] ?? "";
  const selectors = Array.from({ length: 1 + Math.floor(random() * 4) }, () =>
    formatSelector({ name: name(), before: levels(), after: levels() }),
  );
  return [...new Set(selectors)];
}

/** What a build leaves out of what `dbt ls` lists: nothing is ever run for these. */
function startsNothing(node: DbtNode | undefined, listed: ReadonlySet<string>): boolean {
  if (node?.type === "unit_test") return !node.tests.some((model) => listed.has(model));
  return node?.materialized === "ephemeral" || node?.name === "blank";
}

async function compare(project: string, count: number): Promise<void> {
  const { project: parsed } = await askDbt(project, []);
  const names = [...new Set(parsed.nodes.flatMap(namesOf))];
  const seeds = Array.from({ length: count }, (_, index) => SEED + index);
  const selections = [[], ...seeds.map((seed) => randomSelection(names, seed))];
  const { answers } = await askDbt(project, selections);
  const graph = createDbtGraph(parsed);
  const differences = selections.flatMap((selectors, index) => {
    const selection = selectNodes(graph, selectors);
    const listed = new Set(answers[index]?.listed);
    const runs = [...selection.runs].sort();
    const order = orderNodes(graph, selection).map(({ uniqueId }) => uniqueId);
    const byLs = [...listed].filter((id) => !startsNothing(graph.nodes.get(id), listed)).sort();
    const same = sameList(runs, byLs) && sameList(order, answers[index]?.started ?? []);
    return same
      ? []
      : [{ seed: SEED + index - 1, selectors, runs, byLs, order, started: answers[index]?.started }];
  });
  expect(answers).toHaveLength(count + 1);
  expect(differences).toEqual([]);
}

function sameList(one: readonly string[], other: readonly string[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

describe(`selections of seed ${SEED} (DBT_SELECTION_SEED repeats it)`, () => {
  it("are dbt's own, in the sandbox's project", { timeout: 300_000 }, async () => {
    await compare(fileURLToPath(new URL("../../sandbox/dbt", import.meta.url)), 200);
  });

  it("are dbt's own, in a project of odd shapes", { timeout: 300_000 }, async () => {
    await compare(fileURLToPath(new URL("testing/odd-project", import.meta.url)), 100);
  });
});
