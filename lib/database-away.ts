import { Prisma } from "@/lib/generated/prisma/client";

/** Prisma's codes for a database that cannot be reached, or gave no connection or transaction in time. */
const AWAY_CODES = new Set([
  "P1000",
  "P1001",
  "P1002",
  "P1008",
  "P1010",
  "P1017",
  "P2024",
  "P2028",
  "ECONNREFUSED",
]);
/** What the system or PostgreSQL says below that: connection exceptions, shutdown, start-up, too many connections. */
const AWAY_TEXT =
  /ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|Connection terminated|Can't reach database server|[Ss]erver has closed the connection|Code: `?N\/A|timeout exceeded when trying to connect|\b(?:08\d{3}|57P0[1-5]|53300)\b/;

/** True for an error that says nothing of the statement, only that the database did not take or answer it. */
export function isDatabaseAway(error: unknown): boolean {
  if (error instanceof Prisma.PrismaClientInitializationError) return true;
  if (error instanceof Prisma.PrismaClientKnownRequestError)
    return (
      AWAY_CODES.has(error.code) || AWAY_TEXT.test(`${error.message} ${JSON.stringify(error.meta ?? null)}`)
    );
  return error instanceof Error && (error.name === "DriverAdapterError" || AWAY_TEXT.test(error.message));
}
