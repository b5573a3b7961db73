import { test as base, expect } from "@playwright/test";
import type { Role } from "@/lib/contracts/roles";
import type { ControlState } from "@/sandbox/stats-source/control-state";
import type { HoleKind } from "@/sandbox/warehouse/seeded-holes";
import { type ConsoleApi, createConsoleApi } from "./console-api";
import { createDatePool, type DatePool } from "./date-pool";
import type { IngestionProgram } from "./program-environment";
import { storageStateOf } from "./stack-people";
import { type Stack, startStack } from "./start-stack";

type Faults = { dates?: Record<string, Partial<ControlState["dates"][string]>> } & Partial<
  Omit<ControlState, "dates">
>;

type TestFixtures = {
  /** Makes the stats source misbehave until the test's end, or until called again. */
  faults(state: Faults): Promise<void>;
  /** Takes all that bronze and silver hold of dates, so that they are missing, whatever ran before. */
  emptyDates(...dates: string[]): Promise<void>;
  /** A past date of the test's own, with games and nothing of them in the warehouse. */
  redDate: string;
  /** Switches a flag of the ingestion off until the test's end. */
  flagOff(flag: "boxscores" | "pbp"): Promise<void>;
  /** Whose session the browser has; null for none. */
  signedInAs: Role | null;
  /** Errors in the browser's console that the test expects; every other one fails it. */
  expectedErrors: RegExp[];
  cleanConsole: undefined;
};

type WorkerFixtures = {
  /** SQL that makes another warehouse of the seeded one; a spec that sets it gets a stack of its own. */
  reshapeWarehouse: string;
  /** Further variables of dbt; a spec that sets them gets a stack of its own, too. */
  dbtEnv: Record<string, string>;
  /** Whether the console knows of the dashboard's service; without it a spec has a stack of its own, too. */
  dashboardConfigured: boolean;
  /** A program in the ingestion's place; a spec that has one gets a stack of its own, too. */
  ingestion: IngestionProgram | null;
  stack: Stack;
  api: ConsoleApi;
  pool: DatePool;
};

const BY_DATE = [
  "bronze.bbref_player_boxscores where date",
  "bronze.bbref_player_pbp where date",
  "silver.fact_boxscores where game_date",
  "silver.fact_pbp_data where game_date",
];

/** Tests against one stack; what a test changes at the source or in the flags is undone at its end. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  reshapeWarehouse: ["", { scope: "worker", option: true }],
  dbtEnv: [{}, { scope: "worker", option: true }],
  dashboardConfigured: [true, { scope: "worker", option: true }],
  ingestion: [null, { scope: "worker", option: true }],
  stack: [
    async ({ reshapeWarehouse, dbtEnv, dashboardConfigured, ingestion }, use) => {
      const stack = await startStack({
        reshapeWarehouse,
        dbtEnv,
        dashboardConfigured,
        ingestion: ingestion ?? undefined,
      });
      await use(stack);
      await stack.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  api: [({ stack }, use) => use(createConsoleApi(stack.url, stack.session)), { scope: "worker" }],
  pool: [async ({ stack, api }, use) => use(await createDatePool(stack, api)), { scope: "worker" }],
  baseURL: ({ stack }, use) => use(stack.url),
  signedInAs: ["admin", { option: true }],
  storageState: async ({ stack, signedInAs }, use) => {
    if (signedInAs === null) return use({ cookies: [], origins: [] });
    const session = signedInAs === "admin" ? stack.session : await stack.signIn(signedInAs);
    return use(storageStateOf(stack.url, session));
  },
  faults: async ({ stack }, use) => {
    const control = `${stack.statsSourceUrl}/control`;
    await use(async (state) => {
      const response = await fetch(control, { method: "PUT", body: JSON.stringify(state) });
      if (!response.ok) throw new Error(await response.text());
    });
    await fetch(control, { method: "DELETE" });
  },
  emptyDates: ({ stack }, use) =>
    use(async (...dates) => {
      for (const place of BY_DATE)
        await stack.warehouse.query(`delete from ${place}::date = any($1::date[])`, [dates]);
    }),
  redDate: async ({ pool, emptyDates }, use) => {
    const date = pool.take();
    await emptyDates(date);
    await use(date);
  },
  flagOff: async ({ stack }, use) => {
    const set = (flag: string, enabled: number) =>
      stack.warehouse.query("update gold.feature_flags set is_enabled = $2 where flag = $1", [flag, enabled]);
    const off: string[] = [];
    await use(async (flag) => {
      off.push(flag);
      await set(flag, 0);
    });
    for (const flag of off) await set(flag, 1);
  },
  expectedErrors: [[], { option: true }],
  cleanConsole: [
    async ({ context, expectedErrors }, use) => {
      const errors: string[] = [];
      context.on("weberror", (error) => errors.push(error.error().message));
      context.on("console", (message) => {
        if (message.type() === "error") errors.push(`${message.text()} (${message.location().url})`);
      });
      await use(undefined);
      expect(errors.filter((text) => !expectedErrors.some((pattern) => pattern.test(text)))).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** The first seeded hole of a kind. @throws Error when the seed has none */
export function holeOf(stack: Stack, kind: HoleKind): { date: string; games: string[] } {
  const hole = stack.holes.find((known) => known.kind === kind);
  if (!hole) throw new Error(`The seed has no hole of kind ${kind}.`);
  return hole;
}
