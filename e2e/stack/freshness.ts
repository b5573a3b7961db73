import { expect, type Locator, type Page } from "@playwright/test";
import type { DateState } from "@/lib/contracts/coverage";
import { longLabel } from "@/lib/game-date";

/** The calendar's cell of a date. */
export function cellOf(page: Page, date: string): Locator {
  return page.getByRole("gridcell", { name: `${longLabel(date)}:` });
}

/** Waits until the cell says that the date is in a state, in words and by its colour's name. */
export async function expectDateState(page: Page, date: string, state: DateState): Promise<void> {
  const cell = cellOf(page, date);
  await expect(cell).toHaveAccessibleName(new RegExp(`: ${state},`));
  await expect(cell).toHaveAttribute("data-state", state);
}

/** The panel of a date, beside the list of what needs attention. */
export function panelOf(page: Page, date: string): Locator {
  return page.getByRole("region", { name: longLabel(date) });
}

/** Opens the freshness page on a date's panel. */
export async function openDate(page: Page, date: string): Promise<Locator> {
  await page.goto(`/?date=${date}`);
  await expect(cellOf(page, date)).toBeVisible();
  return panelOf(page, date);
}

/** From a date's panel to its dialog, with the preview there. */
export async function openBackfillDialog(page: Page, date: string): Promise<Locator> {
  await panelOf(page, date).getByRole("button", { name: "Backfill…" }).click();
  const dialog = page.getByRole("dialog", { name: `Backfill ${longLabel(date)}` });
  await expect(dialog.getByText(`--run_date ${date}`)).toBeVisible();
  return dialog;
}

/** Confirms the dialog of one date and arrives on its run's page. Gives the run's id. */
export async function confirmBackfill(page: Page, dialog: Locator): Promise<string> {
  await dialog.getByRole("button", { name: "Backfill", exact: true }).click();
  return runIdOf(page);
}

/** From what offers a date's refresh of silver to its dialog, with the preview there. */
export async function openRefreshDialog(offer: Locator, date: string): Promise<Locator> {
  await offer.getByRole("button", { name: "Refresh silver…" }).click();
  const dialog = offer.page().getByRole("dialog", { name: `Refresh silver: ${longLabel(date)}` });
  await expect(dialog.getByText("--target prod")).toBeVisible();
  return dialog;
}

/** Orders a backfill of a date by hand, from a fresh page. Gives the run's id. */
export async function backfillByHand(page: Page, date: string): Promise<string> {
  await openDate(page, date);
  return confirmBackfill(page, await openBackfillDialog(page, date));
}

/** The id of the run whose page is shown, or being gone to. */
export async function runIdOf(page: Page): Promise<string> {
  await page.waitForURL(/\/runs\/[0-9a-f-]{36}/);
  return new URL(page.url()).pathname.replace("/runs/", "");
}
