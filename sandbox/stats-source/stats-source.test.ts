import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { NO_FAULTS } from "./control-state";
import { openControlStore } from "./control-store";
import { createStatsSource } from "./stats-source";

const servers: Server[] = [];
const folders: string[] = [];

async function listen(options: { controlFile?: string; now?: () => Date } = {}): Promise<string> {
  const server = createStatsSource({
    anchorDate: "2025-02-10",
    control: openControlStore(options.controlFile),
    now: options.now,
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("not listening on a port");
  return `http://127.0.0.1:${address.port}`;
}

async function put(url: string, faults: unknown): Promise<Response> {
  return fetch(`${url}/control`, { method: "PUT", body: JSON.stringify(faults) });
}

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const PAGE = "/boxscores?date=2025-02-07";

describe("the control endpoint", () => {
  it("shows, replaces and clears the faults", async () => {
    const url = await listen();
    expect(await (await fetch(`${url}/control`)).json()).toEqual(NO_FAULTS);
    expect((await put(url, { down: "503" })).status).toBe(200);
    expect((await fetch(url + PAGE)).status).toBe(503);
    expect((await fetch(`${url}/control`, { method: "DELETE" })).status).toBe(200);
    expect((await fetch(url + PAGE)).status).toBe(200);
  });

  it("refuses bad input and keeps the faults it had", async () => {
    const url = await listen();
    await put(url, { down: "503" });
    const refused = await put(url, { down: "sometimes" });
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain("down");
    expect((await fetch(url + PAGE)).status).toBe(503);
    expect((await fetch(`${url}/control`, { method: "POST" })).status).toBe(405);
  });

  it("keeps the faults over a restart in its file", async () => {
    const folder = mkdtempSync(join(tmpdir(), "stats-source-"));
    folders.push(folder);
    const controlFile = join(folder, "control.json");
    await put(await listen({ controlFile }), { down: "503" });
    expect((await fetch((await listen({ controlFile })) + PAGE)).status).toBe(503);
    writeFileSync(controlFile, '{"down":1}');
    expect(() => openControlStore(controlFile)).toThrow("down");
  });
});

describe("the site's faults", () => {
  it("cuts the connection when it is down", async () => {
    const url = await listen();
    await put(url, { down: "destroy" });
    await expect(fetch(url + PAGE)).rejects.toThrow();
  });

  it("answers late when it is slow", async () => {
    const url = await listen();
    await put(url, { slowMs: 60 });
    const started = performance.now();
    expect((await fetch(url + PAGE)).status).toBe(200);
    expect(performance.now() - started).toBeGreaterThanOrEqual(59);
  });

  it("refuses what is beyond the limit until a minute has passed", async () => {
    let now = Date.parse("2025-02-10T17:00:00Z");
    const url = await listen({ now: () => new Date(now) });
    await put(url, { rateLimit: 2 });
    const statuses = async () => [(await fetch(url + PAGE)).status, (await fetch(url + PAGE)).status];
    expect(await statuses()).toEqual([200, 200]);
    expect(await statuses()).toEqual([429, 429]);
    now += 60_000;
    expect(await statuses()).toEqual([200, 200]);
  });
});
