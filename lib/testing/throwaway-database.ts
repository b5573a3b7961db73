import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Client } from "pg";

/** A database of a test suite's own, on the throwaway server. */
export type ThrowawayDatabase = { url: string; name: string; drop(): Promise<void> };

/** The environment's value, which scripts/with-services.mjs sets. @throws Error where it is absent: never a skip. */
export function requireTestService(name: string): string {
  const value = process.env[name];
  if (value) return value;
  throw new Error(
    `${name} is not set. Run the tests through: node scripts/with-services.mjs npx vitest run (it leaves out what PyPI does not give).`,
  );
}

/** Creates an empty database. */
export async function createThrowawayDatabase(purpose: string): Promise<ThrowawayDatabase> {
  const adminUrl = requireTestService("BACKCOURT_TEST_POSTGRES_URL");
  const name = `${purpose}_${randomBytes(5).toString("hex")}`;
  await asAdmin(adminUrl, `create database ${name}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    name,
    drop: () => asAdmin(adminUrl, `drop database if exists ${name} with (force)`),
  };
}

/** Creates a console database with every migration applied. */
export async function createConsoleDatabase(): Promise<ThrowawayDatabase> {
  const database = await createThrowawayDatabase("console");
  const client = new Client({ connectionString: database.url });
  await client.connect();
  for (const sql of readMigrations()) await client.query(sql);
  await client.end();
  return database;
}

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
