import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { createWarehouseSchema } from "../warehouse/create-schema";
import { requireTestVariable } from "./test-environment";

// Roles belong to the server, so suites that run side by side share them.
const PIPELINE_ROLE = "sandbox_test_pipeline";
const READER_ROLE = "sandbox_test_reader";
const PASSWORD = "sandbox-test";

/** A warehouse without rows, on a database of its own. */
export interface ThrowawayWarehouse {
  /** A superuser's session. */
  admin: Client;
  pipelineUrl: string;
  readerUrl: string;
  /** Ends the session and drops the database. */
  drop(): Promise<void>;
}

/** Creates a database with the warehouse's schema on the server of BACKCOURT_TEST_POSTGRES_URL. */
export async function createThrowawayWarehouse(): Promise<ThrowawayWarehouse> {
  const server = requireTestVariable("BACKCOURT_TEST_POSTGRES_URL");
  const database = `sandbox_${randomBytes(6).toString("hex")}`;
  await onServer(server, `create database ${database}`);
  const admin = new Client({ connectionString: urlOf(server, database) });
  await admin.connect();
  await createWarehouseSchema(admin, {
    pipelineRole: PIPELINE_ROLE,
    pipelinePassword: PASSWORD,
    readerRole: READER_ROLE,
    readerPassword: PASSWORD,
  });
  return {
    admin,
    pipelineUrl: urlOf(server, database, PIPELINE_ROLE),
    readerUrl: urlOf(server, database, READER_ROLE),
    async drop() {
      await admin.end();
      await onServer(server, `drop database ${database} with (force)`);
    },
  };
}

function urlOf(server: string, database: string, role?: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  if (role !== undefined) {
    url.username = role;
    url.password = PASSWORD;
  }
  return url.href;
}

async function onServer(server: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
