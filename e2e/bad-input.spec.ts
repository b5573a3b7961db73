import { readFileSync } from "node:fs";
import { request } from "node:http";
import { addDays, easternDate } from "@/lib/game-date";
import type { ConsoleApi } from "./stack/console-api";
import { expect, test } from "./stack/test";

const tomorrow = addDays(easternDate(new Date()), 1);
/** Well written, and no run's. */
const NOBODY = "01a20544-0000-7000-8000-000000000000";
const orderOf = (runDate: unknown) => ({ kind: "backfill", params: [{ runDate }] });

const BAD_ORDERS: [name: string, body: unknown, reason: RegExp][] = [
  ["not a date", orderOf("yesterday"), /not a calendar date/],
  ["a day that no calendar has", orderOf("2025-02-30"), /not a calendar date/],
  ["the future", orderOf(tomorrow), /is in the future/],
  ["before the first season", orderOf("1990-01-01"), /before the first season/],
  ["digits of another script", orderOf("２０２５-01-01"), /not a calendar date/],
  ["an option", orderOf("--help"), /not a calendar date/],
  ["a newline at the end", orderOf("2025-01-01\n"), /not a calendar date/],
  ["a command behind a date", orderOf("2025-01-01; id"), /not a calendar date/],
  ["a number", orderOf(20_250_101), /expected string/],
  ["an unknown parameter", { kind: "backfill", params: [{ runDate: "2025-01-01", argv: ["id"] }] }, /argv/],
  ["an unknown field", { ...orderOf("2025-01-01"), command: "id" }, /command/],
  ["an unknown kind", { kind: "shell", params: [{ runDate: "2025-01-01" }] }, /kind/],
  ["no date", { kind: "backfill", params: [] }, /at least one date/],
  [
    "one bad date among good ones",
    { kind: "backfill", params: [{ runDate: "2025-01-01" }, { runDate: "x" }] },
    /params\.1/,
  ],
  ["no JSON", "{", /not valid JSON/],
];

test.describe("an order that cannot be is refused with its reason, and nothing runs", () => {
  for (const [name, body, reason] of BAD_ORDERS) {
    test(name, async ({ api, stack }) => {
      await expectNothingRuns(api, stack.worker.pid, async () => {
        for (const path of ["/api/runs/preview", "/api/runs"])
          await expectRefused(api.post(path, body), 400, reason);
      });
    });
  }
});

test("a change from elsewhere is refused: another site, no site, a form, a name that is not ours", async ({
  api,
  stack,
}) => {
  const body = JSON.stringify(orderOf("2025-01-01"));
  const json = { "content-type": "application/json" };
  const send = (headers: Record<string, string>) => api.send("/api/runs", { method: "POST", body, headers });
  await expectNothingRuns(api, stack.worker.pid, async () => {
    await expectRefused(send({ ...json, origin: "http://evil.example" }), 403, /own pages/);
    await expectRefused(send({ ...json, origin: "null" }), 403, /own pages/);
    await expectRefused(send(json), 403, /own pages/);
    await expectRefused(send({ "content-type": "text/plain", origin: stack.url }), 400, /application\/json/);
    await expectRefused(api.post("/api/runs", body, { "idempotency-key": "a b" }), 400, /Idempotency-Key/);
    for (const path of ["/api/runs", "/api/coverage", "/api/health"])
      expect(await statusWithHost(`${stack.url}${path}`, "evil.example")).toBe(403);
  });
});

test("what changes something does not answer to GET", async ({ api, stack }) => {
  await expectNothingRuns(api, stack.worker.pid, async () => {
    for (const path of ["/api/runs/preview", "/api/waivers", "/api/waivers/x", `/api/runs/${NOBODY}/cancel`])
      expect((await api.send(path)).status).toBe(405);
  });
});

test("a run that is not there is not found, however its id is written", async ({ api }) => {
  for (const id of [NOBODY, "nope", "1", "..%2f..%2fetc%2fpasswd", "%00", `${NOBODY}%20`]) {
    for (const path of [`/api/runs/${id}`, `/api/runs/${id}/log`, `/api/runs/${id}/lines`])
      await expectRefused(api.send(path), 404, /no run with this id/);
    await expectRefused(api.post(`/api/runs/${id}/cancel`, {}), 404, /no run with this id/);
  }
});

test.describe("the page of a run that is not there", () => {
  test.use({ expectedErrors: [/the server responded with a status of 404/] });

  test("says so", async ({ page }) => {
    const answer = await page.goto(`/runs/${NOBODY}`);
    await expect(page.getByRole("heading", { level: 1, name: "No such run" })).toBeVisible();
    expect(answer?.status()).toBe(404);
  });
});

test("questions that cannot be are refused with their reason", async ({ api }) => {
  await expectRefused(api.send("/api/coverage?season=99"), 400, /year in which a season begins/);
  await expectRefused(api.send("/api/coverage?season=1999"), 404, /no season that begins in 1999/);
  await expectRefused(api.send("/api/coverage/2025-02-30"), 400, /not a calendar date/);
  await expectRefused(api.send("/api/runs?state=happy"), 400, /state/);
  await expectRefused(api.send("/api/runs?limit=100000"), 400, /limit/);
  await expectRefused(api.send("/api/runs?order=asc"), 400, /order/);
  await expectRefused(api.send("/api/stream?run=nope"), 400, /id of a run/);
  await expectRefused(
    api.post("/api/waivers", { date: "2025-01-01", game: "LAL@PHX", reason: "x" }),
    400,
    /few words/,
  );
});

async function expectRefused(answer: Promise<Response>, status: number, reason: RegExp): Promise<void> {
  const response = await answer;
  const body = await response.json();
  expect(body.error.message).toMatch(reason);
  expect(response.status).toBe(status);
}

/** What is done in between adds no run, and the worker has no child that it did not have. */
async function expectNothingRuns(
  api: ConsoleApi,
  workerPid: number,
  act: () => Promise<void>,
): Promise<void> {
  const runs = async () => (await api.runs()).runs.map(({ id }) => id);
  const children = () => readFileSync(`/proc/${workerPid}/task/${workerPid}/children`, "utf8");
  const before = { runs: await runs(), children: children() };
  await act();
  expect({ runs: await runs(), children: children() }).toEqual(before);
}

/** fetch does not let a caller name another host; a forged request does. */
function statusWithHost(url: string, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    request(url, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .once("error", reject)
      .end();
  });
}
