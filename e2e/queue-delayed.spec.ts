import { expect, test } from "@playwright/test";
import { startKillableStores } from "./faults/killable-stores";
import { createConsoleApi } from "./stack/console-api";
import { expectRunState } from "./stack/run-page";
import { storageStateOf } from "./stack/stack-people";
import { startStack } from "./stack/start-stack";

test.setTimeout(180_000);

test("Redis is down: the run's page and the health page say so, and the run starts when it is back", async ({
  browser,
}) => {
  // Stores of its own: every other test shares theirs.
  const stores = await startKillableStores();
  const stack = await startStack({ stores, dashboardConfigured: false });
  try {
    const api = createConsoleApi(stack.url, stack.session);
    const context = await browser.newContext({ storageState: storageStateOf(stack.url, stack.session) });
    const page = await context.newPage();
    await stores.redis.kill();
    await page.goto(`${stack.url}/health`);
    await expect(page.getByText(/Redis does not answer: runs stay queued/)).toBeVisible();

    const [run] = await api.order([stack.holes.find(({ kind }) => kind === "missing")?.date ?? ""]);
    await page.goto(`${stack.url}/runs/${run?.id}`);
    await expectRunState(page, "queued");
    await expect(page.getByRole("main")).toContainText(/Queue delayed: Redis is away/);
    await stores.redis.start();
    await expectRunState(page, "succeeded", 60_000);
    await context.close();
  } finally {
    await stack.stop();
    await stores.stop();
  }
});
