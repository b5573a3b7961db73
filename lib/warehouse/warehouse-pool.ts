import { Pool, type PoolConfig } from "pg";
import { z } from "zod";
import { toWarehouseError, WarehouseError } from "./warehouse-error";

export type Statement = {
  /** The tables that it reads, for messages: `bronze.bbref_player_pbp`. */
  tables: readonly string[];
  text: string;
  values?: unknown[];
  /**
   * Plans it by an index even where the planner would rather pass over the table: it cannot know that the rows
   * of a date lie together, and takes a tenth of the table for all of its pages.
   */
  preferIndex?: boolean;
};

/** The read-only door to the pipeline's warehouse. */
export type WarehousePool = {
  /** The role of the connection, to be named in grants. */
  readonly role: string;
  /**
   * Runs one autocommit statement and parses its rows.
   * @throws WarehouseError with a reason and a message for a person.
   */
  query<Row extends z.ZodType>(statement: Statement, row: Row): Promise<z.infer<Row>[]>;
  /** @throws WarehouseError when the warehouse does not answer. */
  ping(): Promise<void>;
  end(): Promise<void>;
};

export type WarehousePoolOptions = {
  /** Connections at most, besides two for statements that prefer an index; default 5. */
  max?: number;
  /** Told of each statement as it starts. */
  onStatement?: (statement: Statement) => void;
  /** Told when a connection dies while nobody uses it; the pool opens a new one by itself. */
  onConnectionLost?: (error: Error) => void;
};

const DEFAULT_MAX = 5;
/** Connections for the statements that prefer an index: one in a season's measurement. */
const INDEX_MAX = 2;
const LOCK_TIMEOUT_MS = 250;
const STATEMENT_TIMEOUT_MS = 2_000;
const CONNECT_TIMEOUT_MS = 2_000;
/** Longer than the server's own timeout: only a server that is gone lets it pass. */
const ANSWER_TIMEOUT_MS = 3_000;

const SESSION_OPTIONS = [
  "timezone=UTC",
  "datestyle=ISO",
  `lock_timeout=${LOCK_TIMEOUT_MS}`,
  `statement_timeout=${STATEMENT_TIMEOUT_MS}`,
  "default_transaction_read_only=on",
  // Compiling a statement costs more than any of these takes to run.
  "jit=off",
];

const NOTHING = z.object({});

/**
 * Opens the warehouse; connects at the first statement.
 * @param url `WAREHOUSE_URL`; its user needs to read and nothing else
 * @throws WarehouseError when the URL is none
 */
export function createWarehousePool(url: string, options: WarehousePoolOptions = {}): WarehousePool {
  const { config, role } = poolConfig(url, SESSION_OPTIONS, options.max ?? DEFAULT_MAX);
  const main = openPool(config, options);
  const byIndex = openPool(
    poolConfig(url, [...SESSION_OPTIONS, "enable_seqscan=off"], INDEX_MAX).config,
    options,
  );

  async function query<Row extends z.ZodType>(statement: Statement, row: Row): Promise<z.infer<Row>[]> {
    options.onStatement?.(statement);
    const { pool, isBusy } = statement.preferIndex ? byIndex : main;
    const result = await pool.query(statement.text, statement.values).catch((error: unknown) => {
      throw isBusy(error) ? tooBusy(error) : toWarehouseError(error, { tables: statement.tables, role });
    });
    return parseRows(result.rows, row, statement);
  }

  return {
    role,
    query,
    async ping() {
      await query({ tables: [], text: "select 1" }, NOTHING);
    },
    async end() {
      await Promise.all([main.pool.end(), byIndex.pool.end()]);
    },
  };
}

type OpenPool = {
  pool: Pool;
  /** True when `error` says that the pool, not the warehouse, kept somebody waiting: all connections are in use. */
  isBusy(error: unknown): boolean;
};

function openPool(config: PoolConfig, { onConnectionLost }: WarehousePoolOptions): OpenPool {
  const pool = new Pool(config);
  let connected = 0;
  pool.on("connect", () => connected++);
  pool.on("remove", () => connected--);
  pool.on("error", (error) => onConnectionLost?.(error));
  return {
    pool,
    isBusy: (error) =>
      error instanceof Error &&
      error.message === "timeout exceeded when trying to connect" &&
      connected >= (config.max ?? DEFAULT_MAX),
  };
}

function tooBusy(cause: unknown): WarehouseError {
  const message =
    "All of the console's connections to the warehouse have been in use for 2 s: it answers slowly.";
  return new WarehouseError("slow", message, { cause });
}

function poolConfig(
  url: string,
  settings: readonly string[],
  max: number,
): { config: PoolConfig; role: string } {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null) throw new WarehouseError("failed", "WAREHOUSE_URL is not a PostgreSQL URL.");
  // The URL's own parameters would win over the ones given here; what matters must not be switched off by it.
  const given = parsed.searchParams.get("options");
  const options = [given, ...settings.map((setting) => `-c ${setting}`)].filter(Boolean).join(" ");
  parsed.searchParams.set("options", options);
  parsed.searchParams.set("application_name", "backcourt");
  const config: PoolConfig = {
    connectionString: parsed.toString(),
    max,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: ANSWER_TIMEOUT_MS,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    allowExitOnIdle: true,
  };
  return { config, role: decodeURIComponent(parsed.username) || "of the console" };
}

function parseRows<Row extends z.ZodType>(rows: unknown[], row: Row, { tables }: Statement): z.infer<Row>[] {
  const parsed = z.array(row).safeParse(rows);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new WarehouseError(
    "failed",
    `${tables.join(" and ")} holds a value that the console does not understand: column ${String(issue?.path.at(-1))}, ${issue?.message}.`,
    { cause: parsed.error },
  );
}
