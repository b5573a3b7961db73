import { type ClientBase, DatabaseError, escapeIdentifier, escapeLiteral } from "pg";
import { BRONZE_TABLES } from "./bronze-tables";
import { GOLD_TABLES } from "./gold-tables";
import { SILVER_TABLES } from "./silver-tables";

export interface WarehouseRoles {
  pipelinePassword: string;
  readerPassword: string;
  /** Owns every table, as the ingestion and dbt need; default `pipeline`. */
  pipelineRole?: string;
  /** Reads every table and writes none: the console's; default `backcourt_reader`. */
  readerRole?: string;
}

const SCHEMAS = ["bronze", "silver", "gold", "quality"] as const;
const ROLE_ATTEMPTS = 5;

/**
 * Makes the pipeline's schemas, tables and its two roles in the database of `client`, a superuser's connection
 * outside a transaction. Doing it again changes nothing but the roles' passwords. Roles belong to the whole
 * server: databases that share their names share their passwords too.
 */
export async function createWarehouseSchema(client: ClientBase, roles: WarehouseRoles): Promise<void> {
  const pipelineRole = roles.pipelineRole ?? "pipeline";
  const readerRole = roles.readerRole ?? "backcourt_reader";
  await ensureRole(client, pipelineRole, roles.pipelinePassword, []);
  await ensureRole(client, readerRole, roles.readerPassword, ["default_transaction_read_only = on"]);
  await client.query("begin");
  try {
    await createTables(client, pipelineRole);
    await grantReading(client, pipelineRole, readerRole);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw error;
  }
}

async function createTables(client: ClientBase, pipelineRole: string): Promise<void> {
  const owner = escapeIdentifier(pipelineRole);
  const database = (await client.query<{ name: string }>("select current_database() as name")).rows[0]?.name;
  if (database !== undefined) {
    // dbt makes schemas of its own.
    await client.query(`grant create on database ${escapeIdentifier(database)} to ${owner}`);
  }
  for (const schema of SCHEMAS) {
    await client.query(`create schema if not exists ${schema} authorization ${owner}`);
  }
  await client.query(`set local role ${owner}`);
  await client.query("set local client_min_messages = warning");
  await client.query(BRONZE_TABLES);
  await client.query(SILVER_TABLES);
  await client.query(GOLD_TABLES);
  await client.query("reset role");
}

async function grantReading(client: ClientBase, pipelineRole: string, readerRole: string): Promise<void> {
  const owner = escapeIdentifier(pipelineRole);
  const reader = escapeIdentifier(readerRole);
  for (const schema of SCHEMAS) {
    await client.query(`grant usage on schema ${schema} to ${reader}`);
    await client.query(`grant select on all tables in schema ${schema} to ${reader}`);
    // dbt drops and makes its tables anew, which would take the grants with them.
    await client.query(
      `alter default privileges for role ${owner} in schema ${schema} grant select on tables to ${reader}`,
    );
  }
}

async function ensureRole(
  client: ClientBase,
  role: string,
  password: string,
  settings: readonly string[],
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      const found = await client.query("select 1 from pg_roles where rolname = $1", [role]);
      const name = escapeIdentifier(role);
      if (found.rowCount === 0) await client.query(`create role ${name} login`);
      await client.query(`alter role ${name} with login password ${escapeLiteral(password)}`);
      for (const setting of settings) await client.query(`alter role ${name} set ${setting}`);
      return;
    } catch (error) {
      if (attempt >= ROLE_ATTEMPTS || !isRoleRace(error)) throw error;
    }
  }
}

/** Another session made or altered the same role at this moment: look again. */
function isRoleRace(error: unknown): boolean {
  if (!(error instanceof DatabaseError)) return false;
  const duplicate = error.code === "42710" || error.code === "23505";
  return duplicate || (error.code === "XX000" && error.message.includes("concurrently"));
}
