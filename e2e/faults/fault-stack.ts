import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "pg";
import { type ConsoleApi, createConsoleApi } from "@/e2e/stack/console-api";
import { type CuttableNetwork, openCuttableNetwork } from "@/e2e/stack/cuttable-network";
import { type Stack, type StackOptions, startStack } from "@/e2e/stack/start-stack";
import { createRunsResponseSchema, type RunState } from "@/lib/contracts/runs";
import { type Facts, findViolations, type Violation } from "./find-violations";
import { countOpenRuns, gatherFacts, processesOfRuns, recordTransitions, withClient } from "./gather-facts";
import { type KillableStores, startKillableStores } from "./killable-stores";
import { attachReader, type LogReader } from "./log-reader";
import { createStubProgram, type StubProgram } from "./stub-program";

/** How an order was answered. */
export type Answer = { status: number; tookMs: number; ids: string[]; message: string };

/** A whole Backcourt with stores of its own, a stub in the programs' place, and the record of what was promised. */
export type FaultStack = {
  stack: Stack;
  stores: KillableStores;
  stub: StubProgram;
  api: ConsoleApi;
  /** A past date with games and nothing missing, each handed out once. */
  takeDate(): string;
  /** The only way from web and worker to the warehouse. */
  warehouseNetwork: CuttableNetwork;
  /** Orders a backfill of each date and notes what was accepted. */
  order(dates: string[], idempotencyKey?: string): Promise<Answer>;
  /** Orders, and gives the id of the one run. @throws Error unless it was accepted */
  orderOne(date: string): Promise<string>;
  /** Orders a run of another kind, likewise. */
  orderOther(order: { kind: "ml" | "dbt"; params: object[] }): Promise<string>;
  /** The living processes of a run. */
  processesOf(runId: string): number[];
  /** Resolves when the stub has started for the run. */
  started(runId: string): Promise<void>;
  /** Follows the run's log to its end; `api` is another way to the web. */
  read(runId: string, options?: { api?: ConsoleApi; comeBackAsTold?: boolean }): LogReader;
  /** Looks into the console's database, past web and worker. */
  query<Row>(sql: string, values?: unknown[]): Promise<Row[]>;
  /** Waits until the run is in one of the states, as its row says. */
  reaches(runId: string, states: readonly RunState[], withinMs?: number): Promise<void>;
  /** Waits until every run has ended and every attached reader has its log, then tells every broken promise. */
  violations(withinMs?: number): Promise<Violation[]>;
  /** The same, with all that it was judged by. */
  inspect(withinMs?: number): Promise<{ facts: Facts; violations: Violation[] }>;
  accepted: ReadonlySet<string>;
  stop(): Promise<void>;
};

const SETTLED_MS = 60_000;
/** Each worker that starts reads the dbt project, which takes seconds of a whole core. */
export const WITHOUT_DBT = { DBT_CWD: "" };

export async function startFaultStack(
  options: Pick<StackOptions, "env" | "dbtEnv"> & { withDbt?: boolean } = {},
): Promise<FaultStack> {
  const stores = await startKillableStores();
  const stub = createStubProgram();
  let warehouseNetwork: CuttableNetwork | undefined;
  const stack = await startStack({
    ...options,
    stores,
    ingestion: { command: stub.command, cwd: stub.folder },
    env: {
      ...options.env,
      both: {
        ...(options.withDbt ? {} : WITHOUT_DBT),
        ML_COMMAND: JSON.stringify(stub.command),
        ML_CWD: stub.folder,
        ...options.env?.both,
      },
    },
    wayToWarehouse: async (url) => {
      warehouseNetwork = await openCuttableNetwork(url);
      return warehouseNetwork.url;
    },
    dashboardConfigured: false,
  }).catch(async (error) => {
    await stores.stop();
    throw error;
  });
  await recordTransitions(stack.databaseUrl);
  const api = createConsoleApi(stack.url, stack.session);
  const dates = await wholeDates(stack);
  const accepted = new Set<string>();
  const readers: LogReader[] = [];

  async function place(body: object, idempotencyKey?: string): Promise<Answer> {
    const began = performance.now();
    const headers: Record<string, string> = idempotencyKey ? { "idempotency-key": idempotencyKey } : {};
    const answer = await api.post("/api/runs", body, headers);
    const text = await answer.text();
    const tookMs = performance.now() - began;
    if (answer.status !== 202) return { status: answer.status, tookMs, ids: [], message: text };
    const ids = createRunsResponseSchema.parse(JSON.parse(text)).runs.map(({ id }) => id);
    for (const id of ids) accepted.add(id);
    return { status: 202, tookMs, ids, message: "" };
  }

  async function inspect(withinMs = SETTLED_MS) {
    await eventually("every run has ended", withinMs, async () => {
      const open = await countOpenRuns(stack.databaseUrl);
      return { done: open === 0, seen: `${open} open` };
    });
    await eventually("every reader has its log", withinMs, () => allSettled(readers));
    const known = await gatherFacts(stack.databaseUrl);
    const facts: Facts = { ...known, accepted: [...accepted], journal: stub.journal(), readers };
    return { facts, violations: findViolations(facts) };
  }

  const query = <Row>(sql: string, values: unknown[] = []): Promise<Row[]> =>
    withClient(stack.databaseUrl, async (client: Client) => (await client.query(sql, values)).rows as Row[]);

  return {
    stack,
    stores,
    stub,
    api,
    takeDate() {
      const date = dates.pop();
      if (date === undefined) throw new Error("The seed has no free date left.");
      return date;
    },
    warehouseNetwork: warehouseNetwork as CuttableNetwork,
    accepted,
    order: (dates, key) => place(backfillOf(dates), key),
    orderOne: async (date) => onlyRun(await place(backfillOf([date]))),
    orderOther: async (body) => onlyRun(await place(body)),
    processesOf: (runId) => processesOfRuns(new Set([runId])).map(({ pid }) => pid),
    started: (runId) =>
      eventually(`the stub starts for ${runId}`, SETTLED_MS, async () => {
        const entries = stub.journal().filter((entry) => entry.runId === runId);
        return { done: entries.some(({ what }) => what === "start"), seen: JSON.stringify(entries) };
      }),
    query,
    read(runId, { api: way = api, comeBackAsTold = false } = {}) {
      const reader = attachReader(way, runId, { comeBackAsTold });
      readers.push(reader);
      return reader;
    },
    async reaches(runId, states, withinMs = SETTLED_MS) {
      await eventually(`run ${runId} is ${states.join(" or ")}`, withinMs, async () => {
        const [run] = await query<{ state: RunState; outcome: string }>(
          "select state::text as state, outcome from backcourt.run where id = $1",
          [runId],
        );
        return { done: run !== undefined && states.includes(run.state), seen: JSON.stringify(run) };
      });
    },
    violations: async (withinMs) => (await inspect(withinMs)).violations,
    inspect,
    async stop() {
      for (const reader of readers) reader.close();
      try {
        await stack.stop();
      } finally {
        await warehouseNetwork?.close();
        await stores.stop();
        stub.remove();
      }
    },
  };
}

/** Straight from the warehouse: what faults do to the console must not decide which dates there are. */
async function wholeDates({ warehouse, holes }: Stack): Promise<string[]> {
  const { rows } = await warehouse.query<{ date: string }>(
    `select distinct proper_date::text as date from bronze.bbref_league_schedule
     where proper_date < current_date - 3 order by 1`,
  );
  const odd = new Set(holes.map(({ date }) => date));
  return rows.map(({ date }) => date).filter((date) => !odd.has(date));
}

function backfillOf(dates: readonly string[]): object {
  return { kind: "backfill", params: dates.map((runDate) => ({ runDate })) };
}

function onlyRun({ status, ids, message }: Answer): string {
  const [id] = ids;
  if (id === undefined) throw new Error(`The order was answered with ${status}: ${message}`);
  return id;
}

/** Looks again and again. @throws Error with what was last seen when it does not come true in time */
export async function eventually(
  what: string,
  withinMs: number,
  look: () => Promise<{ done: boolean; seen: string }>,
  everyMs = 100,
): Promise<void> {
  for (const deadline = Date.now() + withinMs; ; await sleep(everyMs)) {
    const { done, seen } = await look().catch((error: Error) => ({ done: false, seen: error.message }));
    if (done) return;
    if (Date.now() > deadline)
      throw new Error(`Within ${withinMs} ms it did not come true that ${what}: ${seen}`);
  }
}

async function allSettled(readers: readonly LogReader[]): Promise<{ done: boolean; seen: string }> {
  const waiting = "waiting";
  const ended = await Promise.all(
    readers.map((reader) => Promise.race([reader.ended, Promise.resolve(waiting)])),
  );
  const open = ended.filter((end) => end === waiting).length;
  return { done: open === 0, seen: `${open} readers wait` };
}
