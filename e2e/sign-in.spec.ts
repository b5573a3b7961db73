import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { createDb } from "@/lib/db";
import { createConsoleApi, hasEnded } from "./stack/console-api";
import { STACK_PEOPLE, signInTo, storageStateOf } from "./stack/stack-people";
import { expect, test } from "./stack/test";

const { admin, operator, viewer } = STACK_PEOPLE;

test.use({ signedInAs: null });

async function fillIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

const accountButton = (page: Page, name: string) => page.getByRole("button", { name: `Account: ${name}` });

test("a deep link leads to the way in, and from there to where it was meant", async ({ page, stack }) => {
  const wanted = "/runs?kind=dbt";
  await page.goto(wanted);
  await expect(page).toHaveURL(`/sign-in?to=${encodeURIComponent(wanted)}`);
  await expect(page).toHaveTitle("Sign in · Backcourt");
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await fillIn(page, operator.email, operator.password);
  await expect(page.getByRole("heading", { name: "Runs", level: 1 })).toBeVisible();
  await expect(page).toHaveURL(wanted);
  await expect(accountButton(page, operator.name)).toContainText("operator");
  const cookies = await page.context().cookies(stack.url);
  expect(cookies.map(({ name, httpOnly, sameSite }) => ({ name, httpOnly, sameSite }))).toEqual([
    { name: "backcourt.session", httpOnly: true, sameSite: "Lax" },
  ]);
});

test("a link that means another site leads nowhere but home", async ({ page, stack }) => {
  await page.goto(`/sign-in?to=${encodeURIComponent("//evil.example/x")}`);
  await fillIn(page, viewer.email, viewer.password);
  await expect(accountButton(page, viewer.name)).toBeVisible();
  expect(page.url()).toBe(`${stack.url}/`);
});

test.describe("a wrong password and an unknown address", () => {
  test.use({ expectedErrors: [/401/] });

  test("are told apart by nothing, and the page stays as it is", async ({ page }) => {
    await page.goto("/sign-in");
    const problem = page.getByRole("alert").filter({ hasText: "do not belong together" });
    await fillIn(page, admin.email, "not the password");
    await expect(problem).toBeVisible();
    const [status, said] = [page.url(), await problem.textContent()];
    await fillIn(page, "nobody@backcourt.test", "not the password");
    await expect(problem).toBeVisible();
    expect([page.url(), await problem.textContent()]).toEqual([status, said]);
    await expect(page.getByLabel("E-mail")).toHaveValue("nobody@backcourt.test");
  });
});

test.describe("too many attempts", () => {
  test.use({ expectedErrors: [/401|429/] });

  test("are refused with when to come back, also with the right password", async ({ page, api, stack }) => {
    const body = { email: "sprayed@backcourt.test", password: "guess" };
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 11; attempt += 1)
      statuses.push((await api.post("/api/auth/sign-in/email", body)).status);
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429]);
    const refused = await api.post("/api/auth/sign-in/email", body, { "x-forwarded-for": "203.0.113.99" });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(60);
    await page.goto(`${stack.url}/sign-in`);
    await fillIn(page, body.email, body.password);
    await expect(page.getByRole("alert").filter({ hasText: "Too many attempts" })).toBeVisible();
  });
});

test("by keyboard alone: in, to the account menu, and out", async ({ page }) => {
  await page.goto("/sign-in?to=/health");
  await expect(page.getByLabel("E-mail")).toBeFocused();
  await page.keyboard.type(viewer.email);
  await page.keyboard.press("Tab");
  await page.keyboard.type(viewer.password);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Health", level: 1 })).toBeVisible();
  await accountButton(page, viewer.name).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("link", { name: "Your account" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("link", { name: "Your account" })).toBeHidden();
  await expect(accountButton(page, viewer.name)).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Sign out" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/sign-in");
});

test("what signed out cannot be used again, and other tabs say so", async ({ browser, stack, api }) => {
  const cookie = await signInTo(stack.url, operator);
  const context = await browser.newContext({ storageState: storageStateOf(stack.url, cookie) });
  const [here, there] = [await context.newPage(), await context.newPage()];
  await here.goto(`${stack.url}/health`);
  await there.goto(`${stack.url}/runs`);
  await expect(there.getByRole("status").filter({ hasText: "live" }).first()).toBeVisible();
  await accountButton(here, operator.name).click();
  await here.getByRole("button", { name: "Sign out" }).click();
  await expect(here).toHaveURL(`${stack.url}/sign-in`);
  const dialog = there.getByRole("dialog", { name: "Your session has ended" });
  await expect(dialog).toBeVisible({ timeout: 30_000 });
  expect((await api.send("/api/runs", { headers: { cookie } })).status).toBe(401);
  // Signing in again over the page leaves it as it is.
  await dialog.getByLabel("Password", { exact: true }).fill(operator.password);
  await dialog.getByRole("button", { name: "Sign in" }).click();
  await expect(dialog).toBeHidden();
  await expect(there.getByRole("status").filter({ hasText: "live" }).first()).toBeVisible();
  await context.close();
});

test.describe("a person who is disabled", () => {
  // What a query asked for between two looks of the stream is refused.
  test.use({ expectedErrors: [/401/] });

  test("is out within 30 s, with the page's stream", async ({ page, stack }) => {
    await page.goto("/sign-in?to=/runs");
    await fillIn(page, viewer.email, viewer.password);
    await expect(page.getByRole("status").filter({ hasText: "live" }).first()).toBeVisible();
    const db = createDb(stack.databaseUrl, "sign-in-spec");
    const set = (disabledAt: Date | null) =>
      db.person.update({ where: { email: viewer.email }, data: { disabledAt } });
    try {
      // Behind the console's back: nothing but its own looking again can tell it.
      await set(new Date());
      await expect(page.getByRole("dialog", { name: "Your session has ended" })).toBeVisible({
        timeout: 30_000,
      });
      await expect(page.getByRole("status").filter({ hasText: "signed out" }).first()).toBeVisible();
      const answer = await fetch(`${stack.url}/api/auth/sign-in/email`, {
        method: "POST",
        headers: { "content-type": "application/json", origin: stack.url },
        body: JSON.stringify({ email: viewer.email, password: viewer.password }),
      });
      expect(answer.status).toBe(403);
      expect(await answer.text()).toContain("disabled");
    } finally {
      await set(null);
      await db.$disconnect();
    }
  });
});

test.describe("a session that expires while a page is open", () => {
  test.use({ expectedErrors: [/401/] });

  test("asks to sign in over the page, with what was typed still there", async ({ page, stack }) => {
    await page.goto("/sign-in?to=/predictions");
    await fillIn(page, operator.email, operator.password);
    await expect(page.getByRole("heading", { name: "Predictions", level: 1 })).toBeVisible();
    const address = page.url();
    const db = createDb(stack.databaseUrl, "sign-in-spec");
    await db.session.updateMany({
      where: { person: { email: operator.email } },
      data: { expiresAt: new Date(Date.now() - 1_000) },
    });
    await db.$disconnect();
    const dialog = page.getByRole("dialog", { name: "Your session has ended" });
    await expect(dialog).toBeVisible({ timeout: 45_000 });
    expect((await new AxeBuilder({ page }).include("[role=dialog]").analyze()).violations).toEqual([]);
    await dialog.getByLabel("Password", { exact: true }).fill(operator.password);
    await dialog.getByRole("button", { name: "Sign in" }).click();
    await expect(dialog).toBeHidden();
    expect(page.url()).toBe(address);
  });
});

test("a run whose person is disabled before it starts is refused by the worker", async ({
  stack,
  api,
  redDate,
}) => {
  const operators = createConsoleApi(stack.url, await stack.signIn("operator"));
  await stack.worker.stop();
  const [placed] = await operators.order([redDate]);
  const db = createDb(stack.databaseUrl, "sign-in-spec");
  const set = (disabledAt: Date | null) =>
    db.person.update({ where: { email: operator.email }, data: { disabledAt } });
  try {
    await set(new Date());
    stack.startWorker();
    const run = await api.runOnce(placed?.id ?? "", hasEnded, 45_000);
    expect(run).toMatchObject({ state: "refused", outcome: expect.stringContaining("has been disabled") });
    expect(run.exitCode).toBeNull();
  } finally {
    await set(null);
    await db.$disconnect();
  }
});
