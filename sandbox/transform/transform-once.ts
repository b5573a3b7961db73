import { Client } from "pg";
import { appendBoxScores, appendPlays, NEW_BOX_SCORES, NEW_PLAYS } from "./silver-statements";

/** dbt names its sessions so, unless its profile says otherwise. */
const DBT_SESSION = "dbt";
const POLL_SESSION = "sandbox-transform-poll";

const ANYTHING_NEW = `
select exists (select from bronze.bbref_player_boxscores where ${NEW_BOX_SCORES})
  or exists (select from bronze.bbref_player_pbp where ${NEW_PLAYS}) as found`;

export interface Appended {
  boxScores: number;
  plays: number;
}

/**
 * Looks whether bronze has something that an ordinary dbt run would take, and appends it to silver; null when
 * there is nothing. Only the appending session is named `dbt`: the name tells others that a build is on.
 */
export async function transformOnce(connectionString: string): Promise<Appended | null> {
  const isNeeded = await withSession(connectionString, POLL_SESSION, async (client) => {
    const answer = await client.query<{ found: boolean }>(ANYTHING_NEW);
    return answer.rows[0]?.found === true;
  });
  if (!isNeeded) return null;
  return withSession(connectionString, DBT_SESSION, async (client) => {
    const boxScores = await client.query(appendBoxScores(NEW_BOX_SCORES));
    const plays = await client.query(appendPlays(NEW_PLAYS));
    return { boxScores: boxScores.rowCount ?? 0, plays: plays.rowCount ?? 0 };
  });
}

async function withSession<Result>(
  connectionString: string,
  name: string,
  use: (client: Client) => Promise<Result>,
): Promise<Result> {
  const client = new Client({ connectionString, application_name: name, connectionTimeoutMillis: 5_000 });
  // A server that goes away between statements is told by the next one.
  client.on("error", () => undefined);
  try {
    await client.connect();
    return await use(client);
  } finally {
    await client.end();
  }
}
