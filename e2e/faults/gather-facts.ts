import { readdirSync, readFileSync } from "node:fs";
import { Client } from "pg";
import type { RunState } from "@/lib/contracts/runs";
import { RUN_ID_VARIABLE } from "@/lib/executors/processes-of-run";
import type { Facts, RunFacts } from "./find-violations";
import type { ReadLine } from "./log-reader";

/**
 * Has the console's database note every change of a run's state in a table of the test's own: a second final
 * state would overwrite the first one in the run's row, and nobody would know.
 */
export async function recordTransitions(databaseUrl: string): Promise<void> {
  await withClient(databaseUrl, (client) =>
    client.query(`
      create schema fault;
      create table fault.transition (id bigserial primary key, run_id uuid, became text, at timestamptz);
      create function fault.note() returns trigger language plpgsql security definer as $$
        begin
          insert into fault.transition (run_id, became, at) values (new.id, new.state::text, clock_timestamp());
          return new;
        end $$;
      create trigger fault_note_insert after insert on backcourt.run for each row execute function fault.note();
      create trigger fault_note_update after update of state on backcourt.run for each row
        when (old.state is distinct from new.state) execute function fault.note();`),
  );
}

/** What the console's database and this machine's processes say, as the checker wants it. */
export async function gatherFacts(
  databaseUrl: string,
): Promise<Pick<Facts, "runs" | "transitions" | "audited" | "alive" | "logs">> {
  return withClient(databaseUrl, async (client) => {
    const runs = await readRuns(client);
    const transitions = await client.query<{ runId: string; became: RunState }>(
      `select run_id::text as "runId", became from fault.transition order by id`,
    );
    const audited = await client.query<{ runId: string }>(
      `select run_id::text as "runId" from backcourt.audit_entry where action = 'run.create' and result = 'accepted'`,
    );
    return {
      runs,
      transitions: transitions.rows,
      audited: audited.rows.map(({ runId }) => runId),
      alive: processesOfRuns(new Set(runs.map(({ id }) => id))),
      logs: await readLogs(client),
    };
  });
}

/** How many runs have not ended yet. */
export function countOpenRuns(databaseUrl: string): Promise<number> {
  return withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ open: number }>(
      "select count(*)::int as open from backcourt.run where state in ('queued', 'running', 'verifying')",
    );
    return rows[0]?.open ?? 0;
  });
}

async function readRuns(client: Client): Promise<RunFacts[]> {
  const { rows } = await client.query<RunFacts>(`
    select id::text as id, kind, title, state::text as state, outcome, attempt, finished_at is not null as finished,
      claim_token is not null or lease_until is not null as claimed, log_truncated as truncated, log_lines as "logLines"
    from backcourt.run order by id`);
  return rows;
}

async function readLogs(client: Client): Promise<Map<string, ReadLine[]>> {
  const { rows } = await client.query<{ runId: string; firstSeq: number; lines: { text: string }[] }>(
    `select run_id::text as "runId", first_seq as "firstSeq", lines from backcourt.log_chunk order by run_id, last_seq`,
  );
  const logs = new Map<string, ReadLine[]>();
  for (const { runId, firstSeq, lines } of rows) {
    const known = logs.get(runId) ?? [];
    for (const [offset, { text }] of lines.entries()) known.push({ seq: firstSeq + offset, text });
    logs.set(runId, known);
  }
  return logs;
}

/** Living processes, zombies apart, whose environment names one of the runs: one look at /proc for all. */
export function processesOfRuns(runIds: ReadonlySet<string>): { pid: number; runId: string }[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const mark = readProc(`${name}/environ`)
        .split("\u0000")
        .find((variable) => variable.startsWith(`${RUN_ID_VARIABLE}=`));
      const runId = mark?.slice(RUN_ID_VARIABLE.length + 1);
      if (runId === undefined || !runIds.has(runId)) return [];
      const state = readProc(`${name}/stat`).split(") ").at(-1)?.[0];
      return state === undefined || state === "Z" || state === "X" ? [] : [{ pid: Number(name), runId }];
    });
}

/** Empty when the process has gone meanwhile. */
function readProc(path: string): string {
  try {
    return readFileSync(`/proc/${path}`, "utf8");
  } catch {
    return "";
  }
}

export async function withClient<Result>(
  databaseUrl: string,
  use: (client: Client) => Promise<Result>,
): Promise<Result> {
  const client = new Client({ connectionString: databaseUrl });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}
