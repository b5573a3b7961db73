import { SERVICE } from "./stack/dashboard-page";
import { expect, test } from "./stack/test";

test.use({ dashboardConfigured: false });

test("without a dashboard the page names the variables that are missing, and nothing else changes", async ({
  page,
  api,
}) => {
  await page.goto("/dashboard");
  await expect(
    page.getByRole("heading", { name: "The dashboard's ECS service is not configured" }),
  ).toBeVisible();
  await expect(page.getByRole("term")).toHaveText([
    "DASHBOARD_REGION",
    "DASHBOARD_CLUSTER",
    "DASHBOARD_SERVICE",
  ]);
  await expect(page.getByRole("button", { name: /Restart/ })).toHaveCount(0);
  const order = { kind: "dashboard-restart", params: [{ mode: "restart" }], confirm: SERVICE };
  const answer = await api.post("/api/runs", order);
  expect(answer.status).toBe(409);
  expect(await answer.json()).toMatchObject({
    error: { message: expect.stringContaining("is not configured here") },
  });

  await page.goto("/");
  await expect(page.getByRole("grid")).toBeVisible();
  await expect(page.getByRole("link", { name: "Dashboard", exact: true })).toBeVisible();
  await expect(page.getByRole("link", { name: /restart due/ })).toHaveCount(0);
});
