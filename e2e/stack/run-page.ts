import { expect, type Locator, type Page } from "@playwright/test";
import { RUN_STATE_LOOK } from "@/components/runs/run-state";
import type { RunState } from "@/lib/contracts/runs";

const FIGURES = ["Receipt", "Rows", "Still missing", "Exit", "Silver", "Models", "Tests"] as const;

/** Waits until the run page says a state, by its word and in its own colour. */
export async function expectRunState(page: Page, state: RunState, timeout = 15_000): Promise<void> {
  const { label, tone } = RUN_STATE_LOOK[state];
  const badge = page.getByRole("main").locator("header").getByText(label, { exact: true });
  await expect(badge).toBeVisible({ timeout });
  await expect(badge).toHaveAttribute("data-tone", tone);
}

/** The sentence below the title, in the state's own colour: amber where not all came, never green. */
export async function expectOutcome(page: Page, text: RegExp): Promise<void> {
  const outcome = page.getByRole("status").getByRole("strong").filter({ hasText: text });
  await expect(outcome).toBeVisible();
  const colorOf = (locator: Locator) => locator.evaluate((element) => getComputedStyle(element).color);
  const badge = page.getByRole("main").locator("header [data-tone]");
  expect(await colorOf(outcome)).toBe(await colorOf(badge));
}

/** The lines of the log. */
export function logOf(page: Page): Locator {
  return page.getByRole("log", { name: "Lines of the log" });
}

/** Receipt in figures: a backfill's games, rows and what is still missing, or a build's silver, models and tests. */
export function figureOf(page: Page, label: (typeof FIGURES)[number]): Locator {
  const strip = page.getByLabel("Receipt", { exact: true });
  return strip.getByText(label, { exact: true }).locator("..").getByRole("definition");
}

/** What explains the hole that stayed; its link leads to the very line of the log. */
export async function expectExplained(page: Page, text: RegExp): Promise<void> {
  const receipt = page.getByRole("region", { name: "Receipt by game" });
  await expect(receipt).toContainText(text);
  const link = receipt.getByRole("link", { name: /^line \d+$/ });
  const line = (await link.textContent())?.replace("line ", "");
  await link.click();
  await expect(page).toHaveURL(new RegExp(`line=${line}$`));
  const row = logOf(page)
    .locator("[data-linked]")
    .filter({ has: page.getByRole("link", { name: `Link to line ${line}`, exact: true }) });
  await expect(row).toBeInViewport();
  await expect(row).toContainText(text);
}

/** Every line on screen, in the order of the page, without number and time. */
export function linesOf(page: Page): Promise<{ seq: number; text: string }[]> {
  return logOf(page)
    .locator("[data-channel]")
    .evaluateAll((rows) =>
      rows.map((row) => ({
        seq: Number(row.querySelector("a")?.textContent),
        text: row.lastElementChild?.textContent ?? "",
      })),
    );
}
