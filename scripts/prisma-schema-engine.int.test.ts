import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createThrowawayDatabase, type ThrowawayDatabase } from "@/lib/testing/throwaway-database";

const run = promisify(execFile);
let database: ThrowawayDatabase;

beforeAll(async () => {
  database = await createThrowawayDatabase("migrated");
});
afterAll(() => database?.drop());

function prisma(...args: string[]) {
  return run(process.execPath, ["scripts/prisma.mjs", ...args], {
    env: { ...process.env, MIGRATION_DATABASE_URL: database.url },
  });
}

describe("migrate deploy by the engine from npm", { timeout: 90_000 }, () => {
  it("applies every migration, functions with semicolons in their bodies too, and once", async () => {
    await prisma("migrate", "deploy");
    expect((await prisma("migrate", "deploy")).stdout).toContain("No pending migrations");
    const client = new Client({ connectionString: database.url });
    await client.connect();
    const { rows } = await client.query(
      "select tgname from pg_trigger where tgrelid = 'backcourt.audit_entry'::regclass and not tgisinternal",
    );
    await client.end();
    expect(rows).toEqual([{ tgname: "audit_entry_append_only" }]);
  });
});
