import { existsSync } from "node:fs";
import { join } from "node:path";
import { dbtBeside } from "../services/python.mjs";
import { adminUrlOf } from "./databases.mjs";
import { dbtVariables } from "./sandbox.mjs";

/** @typedef {import("./sandbox.mjs").Sandbox} Sandbox */

/**
 * Lets dbt build, once, what the seed leaves out: the models between silver's facts and gold, so that any single
 * model can be built afterwards. They are stamped as built when the seed's own marts were. The facts keep the
 * seed's holes. Without dbt nothing is done, and the next start tries again.
 * @param {Sandbox & { python: string, detail: (text: string) => void }} options
 */
export async function runDbtFirst({ python, detail, ...sandbox }) {
  const { root, children, env, postgres } = sandbox;
  if (!existsSync(dbtBeside(python))) return detail("without dbt");
  try {
    const { hasRun, seededAt } = await lookAtGold(postgres);
    if (hasRun) return detail("done before");
    await children.run({
      name: "dbt-first-run",
      command: dbtBeside(python),
      args: [
        ...["run", "--select", "intermediate", "marts", "--vars", JSON.stringify({ built_at: seededAt })],
        ...["--profiles-dir", "profiles", "--target", "prod"],
      ],
      cwd: join(root, "sandbox/dbt"),
      env: { ...env, ...dbtVariables(sandbox) },
    });
  } catch (error) {
    if (children.isStopping()) throw error;
    // The console does its work without these tables, and says itself what dbt lacks.
    detail(`failed: ${join(children.logDir, "dbt-first-run.log")}`);
  }
}

/** @param {import("./databases.mjs").Postgres} postgres */
async function lookAtGold(postgres) {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: adminUrlOf(postgres, "warehouse") });
  await client.connect();
  try {
    const { rows } = await client.query(
      `SELECT to_regclass('gold.past_games_coverage') IS NOT NULL AS has_run,
         (SELECT max(__created_at) FROM gold.standings) AS seeded_at`,
    );
    return { hasRun: rows[0].has_run, seededAt: rows[0].seeded_at.toISOString() };
  } finally {
    await client.end();
  }
}
