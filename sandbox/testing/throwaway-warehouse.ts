import { Client } from "pg";
import { createThrowawayDatabase } from "../../lib/testing/throwaway-database";
import { createWarehouseSchema } from "../warehouse/create-schema";

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

/** Creates a database with the warehouse's schema on the tests' PostgreSQL. */
export async function createThrowawayWarehouse(): Promise<ThrowawayWarehouse> {
  const database = await createThrowawayDatabase("warehouse");
  const admin = new Client({ connectionString: database.url });
  // Services that are stopped before us end the session; the tests then fail by themselves.
  admin.on("error", () => {});
  await admin.connect();
  await createWarehouseSchema(admin, {
    pipelineRole: PIPELINE_ROLE,
    pipelinePassword: PASSWORD,
    readerRole: READER_ROLE,
    readerPassword: PASSWORD,
  });
  return {
    admin,
    pipelineUrl: withRole(database.url, PIPELINE_ROLE),
    readerUrl: withRole(database.url, READER_ROLE),
    async drop() {
      await admin.end();
      await database.drop();
    },
  };
}

function withRole(url: string, role: string): string {
  const changed = new URL(url);
  changed.username = role;
  changed.password = PASSWORD;
  return changed.href;
}
