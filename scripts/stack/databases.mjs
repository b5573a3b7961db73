import { readdirSync } from "node:fs";
import { join } from "node:path";

/** @typedef {{ adminUrl: string, port: number }} Postgres */

/**
 * A URL of a database of this server.
 * @param {Postgres} postgres
 * @param {{ role: string, password: string, database: string }} login
 */
export function databaseUrl({ port }, { role, password, database }) {
  return `postgresql://${role}:${password}@127.0.0.1:${port}/${database}`;
}

/** @param {Postgres} postgres @param {string} database @returns {string} the superuser's URL of it */
export function adminUrlOf({ adminUrl }, database) {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  return url.href;
}

/** The owner of the console's database, which migrates it, and the login of web and worker. */
export const CONSOLE_ROLES = { owner: "backcourt", app: "backcourt_console" };

/**
 * The console's database with the role that owns it and the one that web and worker have, and the sandbox's
 * warehouse. Existing ones are kept.
 * @param {Postgres} postgres
 * @param {object} options
 * @param {string} options.ownerPassword
 * @param {string} options.appPassword
 * @param {boolean} options.emptyWarehouse discards a warehouse whose seed was interrupted
 */
export async function ensureDatabases({ adminUrl }, { ownerPassword, appPassword, emptyWarehouse }) {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  const exists = async (/** @type {string} */ query) => ((await client.query(query)).rowCount ?? 0) > 0;
  try {
    const ensureRole = async (/** @type {string} */ role, /** @type {string} */ attributes) => {
      if (!(await exists(`SELECT FROM pg_roles WHERE rolname = '${role}'`)))
        await client.query(`CREATE ROLE ${role} ${attributes}`);
    };
    // A migration grants the group what the app may do; the owner itself may not create roles.
    await ensureRole("backcourt_app", "NOLOGIN");
    for (const [role, attributes, password] of [
      [CONSOLE_ROLES.owner, "LOGIN", ownerPassword],
      [CONSOLE_ROLES.app, "LOGIN IN ROLE backcourt_app", appPassword],
    ]) {
      await ensureRole(String(role), String(attributes));
      await client.query(`ALTER ROLE ${role} PASSWORD ${client.escapeLiteral(String(password))}`);
    }
    if (!(await exists("SELECT FROM pg_database WHERE datname = 'backcourt'"))) {
      await client.query("CREATE DATABASE backcourt OWNER backcourt");
      // The sandbox's roles have no business in the console's database.
      await client.query("REVOKE CONNECT ON DATABASE backcourt FROM PUBLIC");
    }
    await client.query("GRANT CONNECT ON DATABASE backcourt TO backcourt_app");
    if (emptyWarehouse) await client.query("DROP DATABASE IF EXISTS warehouse WITH (FORCE)");
    if (!(await exists("SELECT FROM pg_database WHERE datname = 'warehouse'")))
      await client.query("CREATE DATABASE warehouse");
  } finally {
    await client.end();
  }
}

/**
 * Applies the migrations that the console's database lacks. Prisma's own answer to whether any is missing
 * takes seconds, so a start without news asks the database itself.
 * @param {{ root: string, children: import("../services/child-processes.mjs").ChildProcesses, env: NodeJS.ProcessEnv, ownerUrl: string, detail?: (text: string) => void }} options
 */
export async function migrate({ root, children, env, ownerUrl, detail = () => {} }) {
  const wanted = readdirSync(join(root, "prisma/migrations"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  const applied = await appliedMigrations(ownerUrl);
  if (wanted.every((name) => applied.has(name))) {
    detail("none is missing");
    return;
  }
  await children.run({
    name: "migrate",
    command: process.execPath,
    args: ["scripts/prisma.mjs", "migrate", "deploy"],
    cwd: root,
    env: { ...env, MIGRATION_DATABASE_URL: ownerUrl },
  });
}

/** @param {string} ownerUrl @returns {Promise<Set<string>>} names of migrations that were applied to the end */
async function appliedMigrations(ownerUrl) {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const { rows } = await client.query("SELECT to_regclass('public._prisma_migrations') AS found");
    if (rows[0].found === null) return new Set();
    const done = await client.query(
      "SELECT migration_name FROM public._prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL",
    );
    return new Set(done.rows.map((row) => row.migration_name));
  } finally {
    await client.end();
  }
}
