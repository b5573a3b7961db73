import { readFile } from "node:fs/promises";
import { Client, type ClientConfig } from "pg";
import type { ProgramConnection } from "./program-connection";

export type SessionsToEnd = {
  connection: ProgramConnection;
  /** The application name of the sessions. */
  name: string;
  sleep(ms: number): Promise<void>;
};

const FIND = "select pid from pg_stat_activity where application_name = $1";
const TERMINATE = "select pid, pg_terminate_backend(pid) from pg_stat_activity where application_name = $1";

const CONNECT_MS = 3_000;
const LOOK_MS = 100;
/** A terminated session is gone in milliseconds, unless its server is stuck in a write. */
const LOOKS = 100;

/**
 * Ends every session of a run under the program's own role, and comes back when none is left.
 * @returns how many had to be ended
 * @throws Error when the warehouse does not answer, or a session does not go
 */
export async function endSessions({ connection, name, sleep }: SessionsToEnd): Promise<number> {
  const client = await connect(connection);
  try {
    const ended = new Set<number>();
    // One that is just closing by itself is given the time to.
    if ((await client.query(FIND, [name])).rows.length > 0) await sleep(LOOK_MS);
    for (let look = 0; look < LOOKS; look += 1) {
      const { rows } = await client.query<{ pid: number }>(TERMINATE, [name]);
      if (rows.length === 0) return ended.size;
      for (const { pid } of rows) ended.add(pid);
      await sleep(LOOK_MS);
    }
    throw new Error(`${ended.size} of its sessions would not end within ${(LOOKS * LOOK_MS) / 1_000} s`);
  } finally {
    await client.end();
  }
}

/** By libpq's rules: without a word in the profile encrypted if the server can, else in the clear. */
async function connect(connection: ProgramConnection): Promise<Client> {
  const { host, sslmode, sslrootcert } = connection;
  if (host.startsWith("/") || ["disable", "allow"].includes(sslmode)) return open(connection, false);
  if (sslmode.startsWith("verify")) {
    const ca = sslrootcert === null ? undefined : await readFile(sslrootcert, "utf8");
    return open(connection, { ca, ...(sslmode === "verify-ca" && { checkServerIdentity: () => undefined }) });
  }
  if (sslmode === "require") return open(connection, { rejectUnauthorized: false });
  return open(connection, { rejectUnauthorized: false }).catch((error: unknown) => {
    const isPlain = error instanceof Error && /does not support SSL/i.test(error.message);
    if (isPlain) return open(connection, false);
    throw error;
  });
}

async function open(
  { host, port, database, user, password }: ProgramConnection,
  ssl: ClientConfig["ssl"],
): Promise<Client> {
  const client = new Client({
    host,
    port,
    database,
    user,
    password,
    ssl,
    // Not dbt's name, and not the run's: it must not find itself.
    application_name: "backcourt-end-sessions",
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: CONNECT_MS,
  });
  // A server that goes away between statements is told by the next one.
  client.on("error", () => undefined);
  await client.connect();
  return client;
}
