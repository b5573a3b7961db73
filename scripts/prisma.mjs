#!/usr/bin/env node
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const HELP = `Usage: node scripts/prisma.mjs COMMAND

  generate                  write the client to lib/generated/prisma
  migrate deploy|status     on the database named by MIGRATION_DATABASE_URL
  migrate diff ...          as Prisma documents it
  new-migration NAME        write prisma/migrations/<time>_NAME/migration.sql
  check-migrations          fail when schema.prisma has changes that no migration makes

Every command but the last two is Prisma's own CLI, run with the schema engine of npm
(PRISMA_SCHEMA_ENGINE_BINARY overrides it); db push, db pull and migrate dev need the native engine.

new-migration compares prisma/schema.prisma with prisma/migrations/migrated-schema.prisma, the schema
as the last migration left it, and needs no database. Read the SQL before you commit it: what Prisma
cannot express (partial indexes, checks, triggers) is added by hand, and a rename shows as drop and add.
`;

const root = fileURLToPath(new URL("..", import.meta.url));
const schemaFile = join(root, "prisma/schema.prisma");
const migrationsDir = join(root, "prisma/migrations");
const migratedSchemaFile = join(migrationsDir, "migrated-schema.prisma");

const [command, ...args] = process.argv.slice(2);
if (command === undefined || command === "--help" || command === "-h") process.stdout.write(HELP);
else if (command === "new-migration") process.exitCode = await writeMigration(args[0]);
else if (command === "check-migrations") process.exitCode = await checkMigrations();
else process.exitCode = (await runPrisma([command, ...args], "inherit")).code;

/** @param {string | undefined} name @returns {Promise<number>} the exit code */
async function writeMigration(name) {
  if (name === undefined || !/^[a-z0-9_]+$/.test(name)) {
    return fail(
      "new-migration needs a name of small letters, digits and underscores, such as add_run_reason",
    );
  }
  const sql = await diffFromMigratedSchema();
  if (sql === undefined) return 1;
  if (!sql) return fail("prisma/schema.prisma has not changed since the last migration: nothing to write");

  const time = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const file = join(migrationsDir, `${time}_${name}`, "migration.sql");
  await mkdir(join(file, ".."), { recursive: true });
  writeFileSync(file, sql);
  writeFileSync(join(migrationsDir, "migration_lock.toml"), 'provider = "postgresql"\n');
  writeFileSync(migratedSchemaFile, readFileSync(schemaFile));
  console.log(`Wrote prisma/migrations/${time}_${name}/migration.sql; read it before you commit it.`);
  return 0;
}

async function checkMigrations() {
  const sql = await diffFromMigratedSchema();
  if (sql === undefined) return 1;
  if (!sql) return 0;
  return fail(
    `prisma/schema.prisma has changes without a migration; run: node scripts/prisma.mjs new-migration NAME\n\n${sql}`,
  );
}

/** The SQL from the last migration's schema to the current one, empty when they agree, undefined on failure. */
async function diffFromMigratedSchema() {
  const from = existsSync(migratedSchemaFile) ? ["--from-schema", migratedSchemaFile] : ["--from-empty"];
  const work = mkdtempSync(join(tmpdir(), "backcourt-migration-"));
  const output = join(work, "migration.sql");
  try {
    const { code, text } = await runPrisma(
      ["migrate", "diff", ...from, "--to-schema", schemaFile, "--script", "--output", output],
      "pipe",
    );
    if (code !== 0) {
      process.stderr.write(text);
      return undefined;
    }
    const sql = readFileSync(output, "utf8");
    return sql.includes("This is an empty migration") ? "" : sql;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** @param {string[]} args @param {"inherit" | "pipe"} output */
function runPrisma(args, output) {
  const cli = createRequire(import.meta.url).resolve("prisma/build/index.js");
  const child = spawn(process.execPath, [cli, ...args], {
    cwd: root,
    stdio: ["ignore", output, output],
    env: {
      PRISMA_SCHEMA_ENGINE_BINARY: join(root, "scripts/prisma-schema-engine.mjs"),
      PRISMA_HIDE_UPDATE_MESSAGE: "1",
      CHECKPOINT_DISABLE: "1",
      ...process.env,
    },
  });
  let text = "";
  child.stdout?.on("data", (data) => {
    text += data;
  });
  child.stderr?.on("data", (data) => {
    text += data;
  });
  return new Promise((resolve) => child.on("close", (code) => resolve({ code: code ?? 1, text })));
}

/** @param {string} message */
function fail(message) {
  console.error(message);
  return 1;
}
