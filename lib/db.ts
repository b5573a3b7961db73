import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@/lib/generated/prisma/client";

export type Db = PrismaClient;
/** What a function needs that runs inside or outside a transaction. */
export type DbOrTransaction = Omit<
  PrismaClient,
  "$connect" | "$disconnect" | "$on" | "$transaction" | "$use" | "$extends"
>;

/**
 * The console database: Backcourt's own truth, schema `backcourt`. Connects at the first query, waits at most
 * 3 s for a connection, so that a click while it is down is answered soon.
 */
export function createDb(url: string, applicationName: string): Db {
  const adapter = new PrismaPg(
    {
      connectionString: url,
      max: 10,
      connectionTimeoutMillis: 3_000,
      statement_timeout: 10_000,
      application_name: applicationName,
    },
    { schema: "backcourt" },
  );
  return new PrismaClient({ adapter, errorFormat: "minimal" });
}
