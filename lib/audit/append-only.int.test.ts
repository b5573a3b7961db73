import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDb, type Db } from "@/lib/db";
import { testActor } from "@/lib/testing/test-actor";
import { type ConsoleDatabase, createConsoleDatabase } from "@/lib/testing/throwaway-database";
import { writeAudit } from "./write-audit";

const MIGRATIONS = fileURLToPath(new URL("../../prisma/migrations/", import.meta.url));
const FOLDER = readdirSync(MIGRATIONS).find((name) => name.endsWith("_append_only_audit"));
const MIGRATION = readFileSync(`${MIGRATIONS}${FOLDER}/migration.sql`, "utf8");

let database: ConsoleDatabase;
let db: Db;
let app: Client;

beforeAll(async () => {
  database = await createConsoleDatabase();
  db = createDb(database.url, "append-only-test");
  app = new Client({ connectionString: database.url });
  await app.connect();
  await writeAudit(db, {
    actor: testActor("ada"),
    action: "run.create",
    params: { a: 1 },
    result: "accepted",
  });
});
afterAll(async () => {
  await app?.end();
  await db?.$disconnect();
  await database?.drop();
});

async function entries(): Promise<string> {
  const { rows } = await app.query("select * from backcourt.audit_entry order by id");
  return JSON.stringify(rows);
}

async function answerTo(client: Client, statement: string): Promise<string> {
  return client.query(statement).then(
    (result) => `${statement}: done, ${result.rowCount} rows`,
    (error: { code?: string }) => String(error.code),
  );
}

describe("the audit, to the role of web and worker", () => {
  const TRIES = [
    "update backcourt.audit_entry set actor = 'nobody'",
    "update backcourt.audit_entry set actor = 'nobody' where false",
    "delete from backcourt.audit_entry",
    "truncate backcourt.audit_entry",
    "truncate backcourt.audit_entry cascade",
    "insert into backcourt.audit_entry (id, actor, action, params, result) select id, 'x', 'x', '{}', 'x' from backcourt.audit_entry on conflict (id) do update set actor = 'nobody'",
    "merge into backcourt.audit_entry a using (select 1) b on true when matched then delete",
    "with gone as (delete from backcourt.audit_entry returning *) select * from gone",
    "alter table backcourt.audit_entry disable trigger audit_entry_append_only",
    "alter table backcourt.audit_entry disable trigger all",
    "drop trigger audit_entry_append_only on backcourt.audit_entry",
    "create or replace function backcourt.refuse_audit_change() returns trigger language plpgsql as 'begin return null; end'",
    "create rule nothing as on insert to backcourt.audit_entry do instead nothing",
    "create trigger forget before insert on backcourt.audit_entry for each row execute function suppress_redundant_updates_trigger()",
    "alter table backcourt.audit_entry rename to elsewhere",
    "alter table backcourt.audit_entry owner to current_user",
    "alter table backcourt.audit_entry add column x int",
    "drop table backcourt.audit_entry",
    "drop schema backcourt cascade",
    "grant delete on backcourt.audit_entry to current_user; delete from backcourt.audit_entry",
    "set session_replication_role = replica",
    "set role postgres",
    "select setval('backcourt.audit_entry_id_seq', 1)",
    "alter sequence backcourt.audit_entry_id_seq restart",
    "create table backcourt.more (id int)",
  ];

  it.each(TRIES)("refuses: %s", async (statement) => {
    const before = await entries();
    // 42501 is insufficient_privilege; nothing less is a refusal by right.
    expect(await answerTo(app, statement)).toBe("42501");
    expect(await entries()).toBe(before);
  });

  it("takes new entries, and everything else is read and written as before", async () => {
    await writeAudit(db, { actor: testActor("bob"), action: "run.cancel", params: {}, result: "accepted" });
    expect(await db.auditEntry.count()).toBe(2);
    const { rows } = await app.query<{ name: string }>(
      `select c.relname as name from pg_class c where c.relnamespace = 'backcourt'::regnamespace and c.relkind = 'r'
         and c.relname <> 'audit_entry'
         and not (has_table_privilege(c.oid, 'select') and has_table_privilege(c.oid, 'insert')
           and has_table_privilege(c.oid, 'update') and has_table_privilege(c.oid, 'delete'))`,
    );
    expect(rows).toEqual([]);
  });
});

describe("the audit, to a role that owns it but is no superuser", () => {
  it("is guarded by a trigger that the owner itself would have to take off", async () => {
    const admin = new Client({ connectionString: database.adminUrl });
    await admin.connect();
    const owner = `owner_${database.name}`;
    try {
      await admin.query(`create role ${owner}; alter table backcourt.audit_entry owner to ${owner};
        grant usage on schema backcourt to ${owner}; set role ${owner}`);
      for (const statement of [
        "update backcourt.audit_entry set actor = 'nobody'",
        "delete from backcourt.audit_entry",
        "truncate backcourt.audit_entry",
      ])
        expect([statement, await answerTo(admin, statement)]).toEqual([statement, "42501"]);
    } finally {
      await admin.query("reset role; alter table backcourt.audit_entry owner to current_user");
      await admin.query(`drop owned by ${owner}; drop role ${owner}`);
      await admin.end();
    }
  });
});

describe("the migration", () => {
  it("says what to do when its role may not make the group", async () => {
    const admin = new Client({ connectionString: database.adminUrl });
    await admin.connect();
    const role = `poor_${database.name}`;
    try {
      await admin.query(`create role ${role}`);
      await admin.query(`set role ${role}`);
      // The group is there on this server already: the same block, for one that is not.
      const block = MIGRATION.slice(0, MIGRATION.indexOf("$$;") + 3).replaceAll(
        "backcourt_app",
        `${role}_group`,
      );
      await expect(admin.query(block)).rejects.toMatchObject({
        code: "42501",
        message: expect.stringContaining("may not create the role"),
        hint: expect.stringContaining("CREATE ROLE"),
      });
    } finally {
      await admin.query(`reset role`);
      await admin.query(`drop role ${role}`);
      await admin.end();
    }
  });
});
