import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { hasEnded } from "./stack/console-api";
import { expect, test } from "./stack/test";

test("an order and a refusal are found, opened, followed to the run, and taken along as a file", async ({
  page,
  api,
  redDate,
  stack,
}) => {
  const [run] = await api.order([redDate]);
  await api.runOnce(run?.id ?? "", hasEnded);
  const viewer = await stack.signIn("viewer");
  const refused = await api.post(`/api/runs/${run?.id}/cancel`, {}, { cookie: viewer });
  expect(refused.status).toBe(403);

  await page.goto(`/runs/${run?.id}`);
  await page.getByRole("region", { name: "What ran" }).getByRole("link", { name: "Audit" }).click();
  await expect(page).toHaveURL(`/audit?run=${run?.id}`);
  const rows = page.getByRole("main").getByRole("listitem");
  await expect(rows).toHaveCount(1);
  await rows.getByRole("button", { expanded: false }).click();
  await expect(rows).toContainText(`--run_date ${redDate}`);
  await expect(rows).toContainText("127.0.0.1");
  await expect(rows.getByRole("link", { name: redDate })).toHaveAttribute("href", `/?date=${redDate}`);
  await rows.getByRole("link", { name: run?.title }).click();
  await expect(page).toHaveURL(`/runs/${run?.id}`);

  await page.goto("/audit");
  const filters = page.getByRole("search", { name: "Filter the audit" });
  await filters.getByRole("button", { name: "Refused" }).click();
  await filters
    .getByRole("combobox", { name: "Person" })
    .selectOption({ label: "Vera Viewer (viewer@backcourt.test)" });
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText("This needs an operator. You are signed in as a viewer.");
  await expect(page).toHaveURL(/result=refused/);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    filters.getByRole("link", { name: "CSV" }).click(),
  ]);
  const csv = await (await download.createReadStream()).toArray();
  expect(Buffer.concat(csv).toString("utf8").trimEnd().split("\r\n")).toHaveLength(2);

  await filters.getByRole("searchbox", { name: "Text" }).fill("nothing has this text");
  await expect(page.getByText("No entry matches these filters.")).toBeVisible();
  await filters.getByRole("button", { name: "Clear" }).click();
  await expect(page).toHaveURL("/audit");
});

test("a date is typed key by key, into an empty field and over another date", async ({ page }) => {
  await page.goto("/audit");
  const from = page.getByRole("search", { name: "Filter the audit" }).getByLabel("from");
  for (const [keys, date] of [
    ["11222025", "2025-11-22"],
    ["10052024", "2024-10-05"],
  ] as const) {
    await from.focus();
    await page.keyboard.type(keys, { delay: 60 });
    await expect(from).toHaveValue(date);
    await expect(page).toHaveURL(new RegExp(`from=${date}`));
    await page.keyboard.press("Tab");
    await from.blur();
  }
  await page.getByRole("button", { name: "Clear" }).click();
  await expect(from).toHaveValue("");
});

test("by keyboard alone: rows by arrows, opened and closed by Enter", async ({ page }) => {
  await page.goto("/audit");
  const rows = page.getByRole("main").getByRole("listitem");
  const first = rows.first().getByRole("button").first();
  await first.focus();
  await page.keyboard.press("Enter");
  await expect(first).toHaveAttribute("aria-expanded", "true");
  await page.keyboard.press("Enter");
  await expect(first).toHaveAttribute("aria-expanded", "false");
  await page.keyboard.press("End");
  await expect(rows.last().getByRole("button").first()).toBeFocused();
  await page.keyboard.press("Home");
  await expect(first).toBeFocused();
});

for (const size of [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]) {
  test.describe(`at ${size.width} px`, () => {
    test.use({ viewport: size });

    test("the list and an open entry are accessible, in light and dark", async ({ page }) => {
      await page.goto("/audit");
      await page.getByRole("main").getByRole("listitem").first().getByRole("button").first().click();
      await expect(page.getByText("When", { exact: true }).last()).toBeVisible();
      await expectAccessible(page);
    });
  });
}

test.describe("an operator", () => {
  test.use({ signedInAs: "operator", expectedErrors: [/403/] });

  test("is told whom the page is for", async ({ page }) => {
    await page.goto("/audit");
    await expect(page.getByRole("heading", { name: "This page is for admins" })).toBeVisible();
    await expect(
      page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Audit" }),
    ).toHaveCount(0);
  });
});

async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", colorScheme);
    const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
    const { violations } = await axe.analyze();
    expect(violations.filter(({ impact }) => impact === "serious" || impact === "critical")).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  }
}
