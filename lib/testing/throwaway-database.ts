import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Client } from "pg";

/** A database of a test suite's own, on the throwaway server. */
export type ThrowawayDatabase = {
  url: string;
  /** A superuser's URL of it. */
  adminUrl: string;
  name: string;
  drop(): Promise<void>;
};

/** A migrated console database; `url` is of the role that web and worker have, which cannot change the audit. */
export type ConsoleDatabase = ThrowawayDatabase & {
  /** Takes all entries from the audit, as only a superuser can. */
  emptyAudit(): Promise<void>;
};

const APP_LOGIN = { name: "backcourt_test_app", password: "throwaway" };

/** The environment's value, which scripts/with-services.mjs sets. @throws Error where it is absent: never a skip. */
export function requireTestService(name: string): string {
  const value = process.env[name];
  if (value) return value;
  throw new Error(
    `${name} is not set. Run the tests through: node scripts/with-services.mjs npx vitest run (it leaves out what PyPI does not give).`,
  );
}

/** Creates an empty database, on the tests' shared server unless `adminUrl` names another. */
export async function createThrowawayDatabase(
  purpose: string,
  adminUrl = requireTestService("BACKCOURT_TEST_POSTGRES_URL"),
): Promise<ThrowawayDatabase> {
  const name = `${purpose}_${randomBytes(5).toString("hex")}`;
  await asAdmin(adminUrl, `create database ${name}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    adminUrl: url.href,
    name,
    drop: () => asAdmin(adminUrl, `drop database if exists ${name} with (force)`),
  };
}

/** Creates a console database with every migration applied, on the server of `adminUrl` where one is named. */
export async function createConsoleDatabase(adminUrl?: string): Promise<ConsoleDatabase> {
  const database = await createThrowawayDatabase("console", adminUrl);
  const client = new Client({ connectionString: database.adminUrl });
  await client.connect();
  for (const sql of readMigrations()) await client.query(sql);
  await client.query(ENSURE_APP_LOGIN);
  await client.end();
  const url = new URL(database.adminUrl);
  url.username = APP_LOGIN.name;
  url.password = APP_LOGIN.password;
  return {
    ...database,
    url: url.href,
    emptyAudit: () => asAdmin(database.adminUrl, "delete from backcourt.audit_entry"),
  };
}

// Roles belong to the whole server, where other suites may make the same one at this moment.
const ENSURE_APP_LOGIN = `do $$ begin
  if not exists (select from pg_roles where rolname = '${APP_LOGIN.name}') then
    create role ${APP_LOGIN.name} login password '${APP_LOGIN.password}' in role backcourt_app;
  end if;
exception when duplicate_object or unique_violation then null;
end $$`;

function readMigrations(): string[] {
  const folder = fileURLToPath(new URL("../../prisma/migrations/", import.meta.url));
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => readFileSync(`${folder}${name}/migration.sql`, "utf8"));
}

async function asAdmin(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
