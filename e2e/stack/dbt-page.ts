import { expect, type Locator, type Page } from "@playwright/test";
import { dbtStatusSchema } from "@/lib/contracts/dbt";
import type { ConsoleApi } from "./console-api";
import { runIdOf } from "./freshness";

/** A build of some models, a while for dbt's own start included. */
export const BUILT_MS = 90_000;
const LOOK_AGAIN_MS = 250;

/** Waits until a worker has read the dbt project: until then nothing can be selected. Gives its name. */
export async function projectOf(api: ConsoleApi): Promise<string> {
  let name = "";
  await expect(async () => {
    const status = dbtStatusSchema.parse(await (await api.send("/api/dbt")).json());
    expect(status.problem).toBeNull();
    name = status.project?.projectName ?? "";
    expect(name).not.toBe("");
  }).toPass({ timeout: BUILT_MS, intervals: [LOOK_AGAIN_MS] });
  return name;
}

/** Opens the dbt page, with what the address selects, and waits for what that would run. */
export async function openDbt(page: Page, search = ""): Promise<void> {
  await page.goto(`/dbt${search}`);
  await expect(page.getByRole("heading", { name: "dbt", exact: true })).toBeVisible();
  await expect(commandOf(page)).toContainText("build");
}

/** The exact command of the selection. */
export function commandOf(page: Page): Locator {
  return page.getByRole("region", { name: "What to build" }).locator("code");
}

/** What is selected, as written. */
export function chipsOf(page: Page): Locator {
  return page.getByRole("list", { name: "Selected" }).locator("[data-chip]");
}

/** Every model and test of the preview, in order. */
export async function listedNodes(page: Page): Promise<string[]> {
  await page.getByRole("group", { name: "Shown as" }).getByRole("button", { name: "List" }).click();
  const names = page.getByRole("list", { name: "What runs, in order" }).locator("[title]");
  await expect(names).not.toHaveCount(0);
  return names.allTextContents();
}

/** From the page's button to the dialog that orders, with its preview there. */
export async function openBuildDialog(page: Page): Promise<Locator> {
  await page
    .getByRole("region", { name: "What to build" })
    .getByRole("button", { name: /^(Build|Rebuild) .+…$/ })
    .click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("list", { name: "What runs, in order" })).toBeVisible();
  return dialog;
}

/** Confirms and arrives on the run's page. Gives the run's id. */
export async function confirmBuild(page: Page, dialog: Locator): Promise<string> {
  const from = page.url();
  await dialog.getByRole("button", { name: /^(Build|Rebuild|Run again)( everything)?$/ }).click();
  await page.waitForURL((url) => url.href !== from && url.pathname.startsWith("/runs/"));
  return runIdOf(page);
}

/** A row of the run's table of models and tests. */
export function nodeRow(page: Page, name: string): Locator {
  return page
    .getByRole("region", { name: "Models and tests", exact: true })
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader", { name, exact: true }) });
}
