import { test as base, expect, type Page } from "@playwright/test";
import type { ControlState } from "@/sandbox/stats-source/control-state";
import type { HoleKind } from "@/sandbox/warehouse/seeded-holes";
import { type Stack, startStack } from "./start-stack";

type Faults = { dates?: Record<string, Partial<ControlState["dates"][string]>> } & Partial<
  Omit<ControlState, "dates">
>;

type TestFixtures = {
  /** Makes the stats source misbehave until the test's end. */
  faults(state: Faults): Promise<void>;
  /** Takes all that bronze and silver hold of a date, so that it is missing, whatever ran before. */
  emptyDate(date: string): Promise<void>;
  /** Errors in the browser's console that the test expects; every other one fails it. */
  expectedErrors: RegExp[];
  cleanConsole: undefined;
};

/** Tests against one stack; what a test changes at the source is undone at its end. */
export const test = base.extend<TestFixtures, { stack: Stack }>({
  stack: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern.
    async ({}, use) => {
      const stack = await startStack();
      await use(stack);
      await stack.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  baseURL: ({ stack }, use) => use(stack.url),
  faults: async ({ stack }, use) => {
    const control = `${stack.statsSourceUrl}/control`;
    await use(async (state) => {
      const response = await fetch(control, { method: "PUT", body: JSON.stringify(state) });
      if (!response.ok) throw new Error(await response.text());
    });
    await fetch(control, { method: "DELETE" });
  },
  emptyDate: ({ stack }, use) =>
    use(async (date) => {
      await stack.warehouse.query("delete from bronze.bbref_player_boxscores where date = $1::timestamp", [
        date,
      ]);
      await stack.warehouse.query("delete from bronze.bbref_player_pbp where date = $1::date", [date]);
      await stack.warehouse.query("delete from silver.fact_boxscores where game_date = $1::date", [date]);
      await stack.warehouse.query("delete from silver.fact_pbp_data where game_date = $1::date", [date]);
    }),
  expectedErrors: [[], { option: true }],
  cleanConsole: [
    async ({ page, expectedErrors }, use) => {
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(error.message));
      page.on("console", (message) => {
        if (message.type() === "error") errors.push(`${message.text()} (${message.location().url})`);
      });
      await use(undefined);
      expect(errors.filter((text) => !expectedErrors.some((pattern) => pattern.test(text)))).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** The date of the first seeded hole of a kind. @throws Error when the seed has none */
export function holeOf(stack: Stack, kind: HoleKind): { date: string; games: string[] } {
  const hole = stack.holes.find((known) => known.kind === kind);
  if (!hole) throw new Error(`The seed has no hole of kind ${kind}.`);
  return hole;
}

/** Opens the freshness page on a date's panel. */
export async function openDate(page: Page, date: string): Promise<void> {
  await page.goto(`/?date=${date}`);
}
