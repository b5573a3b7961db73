import { expect, type Locator, type Page } from "@playwright/test";

/** Opens the predictions page and waits for its rows. */
export async function openPredictions(page: Page, query = ""): Promise<void> {
  await page.goto(`/predictions${query}`);
  await expect(rowsOf(page).first()).toBeVisible();
}

/** The rows of the table, its head apart. */
export function rowsOf(page: Page): Locator {
  return page.getByRole("table", { name: "Predictions" }).locator("tbody").getByRole("row");
}
