import { Client, type ClientBase } from "pg";

/** One gold table as the dashboard read it. */
export interface Mart {
  name: string;
  rows: number;
  /** The newest `__created_at`; null where the table has none. */
  builtAt: Date | null;
}

/** What the dashboard keeps from one reading of the warehouse to the next. */
export interface Snapshot {
  readAt: Date;
  marts: Mart[];
  standings: { team: string; wins: number; losses: number }[];
  predictions: { date: string; home: string; away: string; homeWinPct: number }[];
}

const TABLES = `
select t.table_name as name, bool_or(c.column_name = '__created_at') as stamped
from information_schema.tables t
join information_schema.columns c using (table_schema, table_name)
where t.table_schema = 'gold' and t.table_type = 'BASE TABLE' and t.table_name <> 'feature_flags'
group by t.table_name
order by t.table_name`;

const STANDINGS = `
select team, wins::int as wins, losses::int as losses
from gold.standings order by win_percentage desc nulls last, team limit 10`;

const PREDICTIONS = `
select game_date::text as date, home_team as home, away_team as away,
  home_team_predicted_win_pct::float8 as "homeWinPct"
from gold.ml_game_predictions
where game_date::text = (select max(game_date::text) from gold.ml_game_predictions)
order by home_team`;

/** Reads the gold marts in one consistent look. Throws where the warehouse cannot be read. */
export async function readMarts(connectionString: string): Promise<Snapshot> {
  const client = new Client({ connectionString, application_name: "dashboard" });
  await client.connect();
  try {
    await client.query("begin isolation level repeatable read read only");
    const { rows: tables } = await client.query<{ name: string; stamped: boolean }>(TABLES);
    const marts: Mart[] = [];
    for (const table of tables) marts.push(await readMart(client, table));
    const has = (name: string) => tables.some((table) => table.name === name);
    return {
      readAt: new Date(),
      marts,
      standings: has("standings") ? (await client.query(STANDINGS)).rows : [],
      predictions: has("ml_game_predictions") ? (await client.query(PREDICTIONS)).rows : [],
    };
  } finally {
    await client.end();
  }
}

async function readMart(
  client: ClientBase,
  { name, stamped }: { name: string; stamped: boolean },
): Promise<Mart> {
  const { rows } = await client.query<{ rows: number; built: Date | null }>(
    `select count(*)::int as rows, ${stamped ? "max(__created_at)::timestamptz" : "null"} as built
     from gold.${client.escapeIdentifier(name)}`,
  );
  return { name, rows: rows[0]?.rows ?? 0, builtAt: rows[0]?.built ?? null };
}
