import type { StaleCoverage } from "@/lib/contracts/coverage";
import { AppError } from "@/lib/errors";

/** Why the warehouse gave no answer; a closed set that the screens show. */
export type WarehouseFailure = StaleCoverage["reason"];

/** The warehouse gave no answer. `message` is for a person and names neither host nor password. */
export class WarehouseError extends AppError {
  constructor(
    readonly reason: WarehouseFailure,
    message: string,
    options: { cause?: unknown; sqlState?: string } = {},
  ) {
    super("warehouse-unavailable", message, { cause: options.cause });
    this.name = "WarehouseError";
    this.sqlState = options.sqlState ?? null;
  }

  readonly sqlState: string | null;

  /** True when the statement named a table or column that is not there (any more). */
  get isUnknownObject(): boolean {
    return this.sqlState === "42P01" || this.sqlState === "42703" || this.sqlState === "3F000";
  }
}

/** What a failed statement was about, for the message. */
export type StatementSubject = {
  /** The tables that it reads: `bronze.bbref_player_pbp`. */
  tables: readonly string[];
  /** The role of the connection, to be named in a grant. */
  role: string;
};

const CONNECTION_CODES = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "57P01",
  "57P02",
  "57P03",
]);

/** Texts of node-postgres for a connection that broke or never came about; these errors carry no code. */
const CONNECTION_TEXT = /connection terminated|timeout exceeded when trying to connect|query read timeout/i;

/** Turns whatever a statement threw into the error that the console speaks of. */
export function toWarehouseError(error: unknown, subject: StatementSubject): WarehouseError {
  if (error instanceof WarehouseError) return error;
  const code = codeOf(error);
  const about = subject.tables.join(" and ") || "the warehouse";
  const options = { cause: error, sqlState: code ?? undefined };
  if (code === "57014")
    return new WarehouseError("slow", `Reading ${about} took more than 2 s and was given up.`, options);
  if (code === "55P03" || code === "40001")
    return new WarehouseError(
      "being-written",
      `${about} is being written: a backfill or a build holds it. This ends by itself.`,
      options,
    );
  if (code === "42501") return new WarehouseError("refused", grantMessage(subject), options);
  if (code?.startsWith("28"))
    return new WarehouseError(
      "refused",
      "The warehouse refused the console's user name or password. Check WAREHOUSE_URL.",
      options,
    );
  if (code === "3D000")
    return new WarehouseError("refused", "The database that WAREHOUSE_URL names does not exist.", options);
  if (code === "53300")
    return new WarehouseError("down", "The warehouse has no connection to spare.", options);
  if (isConnectionFailure(error, code))
    return new WarehouseError("down", `The warehouse does not answer${connectionDetail(code)}.`, options);
  return new WarehouseError("failed", `Reading ${about} failed: ${plainText(error)}`, options);
}

/** The statement that an administrator has to run so that the console may read `tables`. */
export function grantMessage({ tables, role }: StatementSubject): string {
  const schemas = [...new Set(tables.map((table) => table.split(".")[0]))].join(", ");
  const grants = `GRANT USAGE ON SCHEMA ${schemas} TO ${role}; GRANT SELECT ON ${tables.join(", ")} TO ${role};`;
  return `The warehouse role ${role} may not read ${tables.join(" and ")}. An administrator runs: ${grants}`;
}

function codeOf(error: unknown): string | null {
  if (typeof error !== "object" || error === null || !("code" in error)) return null;
  return typeof error.code === "string" ? error.code : null;
}

function isConnectionFailure(error: unknown, code: string | null): boolean {
  if (code !== null) return CONNECTION_CODES.has(code) || code.startsWith("08");
  return error instanceof Error && CONNECTION_TEXT.test(error.message);
}

function connectionDetail(code: string | null): string {
  if (code === "ECONNREFUSED") return ": the connection was refused";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return ": its host name is not known";
  if (code?.startsWith("57P")) return ": it is shutting down or starting";
  return "";
}

/** PostgreSQL's own message: it names tables and columns, never a connection. */
function plainText(error: unknown): string {
  if (typeof error === "object" && error !== null && "severity" in error && error instanceof Error)
    return `${error.message}.`;
  return "its answer was not understood. The server's log has the details.";
}
