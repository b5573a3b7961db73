import { defineConfig } from "@playwright/test";

/** End to end: the real web, worker, stores and sandbox, in a real Chromium. Run through `npm test`. */
export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  fullyParallel: false,
  // One browser, one stack: the tests share a warehouse, each on dates of its own.
  workers: 1,
  forbidOnly: process.env.CI !== undefined,
  // On a busy CI machine once more, on a fresh stack; the report then names the test as flaky.
  retries: process.env.CI === undefined ? 0 : 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  use: {
    viewport: { width: 1440, height: 900 },
    timezoneId: "America/Chicago",
    locale: "en-US",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
