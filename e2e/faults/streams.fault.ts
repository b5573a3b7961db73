import { readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createConsoleApi } from "@/e2e/stack/console-api";
import { type CuttableNetwork, openCuttableNetwork } from "@/e2e/stack/cuttable-network";
import { eventually, type FaultStack, startFaultStack } from "./fault-stack";
import type { LogReader } from "./log-reader";
import { watchMemory } from "./watch-memory";

const EXIT_MS = 5_000;
const CUTS = 200;
const CROWD = 100;
const SLOW_READERS = 10;
/** What a slow reader leaves unread stays in PostgreSQL: ten of them would hold 200 MB otherwise. */
const BOUNDED_MB = 160;

let faults: FaultStack;
let network: CuttableNetwork;

beforeAll(async () => {
  faults = await startFaultStack();
  network = await openCuttableNetwork(faults.stack.url);
});
afterAll(async () => {
  await network.close();
  await faults.stop();
});
afterEach(async () => expect(await faults.violations()).toEqual([]));

describe("a stream", () => {
  it("row 6: whose web is killed goes on behind the last line, and is what is stored", async () => {
    const { id, date } = await orderSlowRun();
    const reader = faults.read(id);
    await hasLines(reader, 20);
    faults.stack.web.kill("SIGKILL");
    await eventually("the web has gone", 5_000, async () => ({
      done: !faults.stack.web.alive(),
      seen: "alive",
    }));
    const before = reader.lines.length;
    faults.stack.startWeb();
    await faults.stack.healthy();
    await hasLines(reader, before + 20);
    faults.stub.release(date);
    await reader.ended;
    const stored = await faults.api.rawLog(id);
    expect(reader.lines.map(({ text }) => `${text}\n`).join("")).toBe(stored);
  });

  it("row 7: does not hold up the web's end, and finds the next web", async () => {
    const { id, date } = await orderSlowRun();
    const readers = Array.from({ length: 20 }, () => faults.read(id));
    await Promise.all(readers.map((reader) => hasLines(reader, 5)));
    const web = faults.stack.web;
    web.kill("SIGTERM");
    await eventually("the web has ended", EXIT_MS, async () => ({ done: !web.alive(), seen: web.output() }));
    faults.stack.startWeb();
    await faults.stack.healthy();
    faults.stub.release(date);
    await Promise.all(readers.map((reader) => reader.ended));
  });

  it("row 24: cut 200 times at random has no gap and no repeat, and leaves no connection behind", async () => {
    const { id, date } = await orderSlowRun();
    await hasLines(faults.read(id), 5);
    const baseline = openFiles();
    const far = faults.read(id, { api: apiThroughNetwork() });
    await hasLines(far, 1);
    for (let cuts = 0; cuts < CUTS; cuts += 1) {
      await sleep(Math.random() * 60);
      network.cut();
      network.mend();
    }
    const before = far.lines.length;
    await hasLines(far, before + 1);
    faults.stub.release(date);
    await far.ended;
    await eventually("the web's connections are as before", 20_000, async () => {
      const open = openFiles();
      return { done: open <= baseline + 2, seen: `${open} open, ${baseline} before` };
    });
  });

  it("row 25: that is not read costs the web no memory and holds up nobody", async () => {
    const date = faults.takeDate();
    faults.stub.plan(date, { hold: true, floodBytes: 25_000_000 });
    const memory = watchMemory(faults.stack.web.pid);
    const id = await faults.orderOne(date);
    const hold = new AbortController();
    await Promise.all(
      Array.from({ length: SLOW_READERS }, () =>
        faults.api.send(`/api/stream?run=${id}`, { signal: hold.signal }),
      ),
    );
    const reader = faults.read(id);
    faults.stub.release(date);
    await reader.ended;
    const { atFirstMb, mostMb } = memory.stop();
    hold.abort();
    console.log(
      `row 25: web ${atFirstMb} MB before, at most ${mostMb} MB beside ${SLOW_READERS} readers that do not read`,
    );
    expect(mostMb - atFirstMb).toBeLessThan(BOUNDED_MB);
  });

  it("row 26: of a hundred readers cut at once is told different times to come back, and all have every line", async () => {
    const { id, date } = await orderSlowRun();
    const api = apiThroughNetwork();
    const readers = Array.from({ length: CROWD }, () => faults.read(id, { api, comeBackAsTold: true }));
    await Promise.all(readers.map((reader) => hasLines(reader, 5)));
    network.cut();
    network.mend();
    await Promise.all(readers.map((reader) => hasLines(reader, reader.lines.length + 5)));
    const told = readers.map(({ retries }) => retries[0] ?? 0);
    expect(new Set(told).size).toBeGreaterThan(CROWD / 2);
    expect(Math.max(...told) - Math.min(...told)).toBeGreaterThan(500);
    faults.stub.release(date);
    await Promise.all(readers.map((reader) => reader.ended));
  });
});

/** A run that writes a line about 50 times a second until its date is released. */
async function orderSlowRun(): Promise<{ id: string; date: string }> {
  const date = faults.takeDate();
  faults.stub.plan(date, { hold: true, holdEverySeconds: 0.02 });
  return { id: await faults.orderOne(date), date };
}

async function hasLines(reader: LogReader, count: number): Promise<void> {
  await eventually(`a reader has ${count} lines`, 30_000, async () => ({
    done: reader.lines.length >= count,
    seen: `${reader.lines.length} lines`,
  }));
}

function apiThroughNetwork() {
  return createConsoleApi(network.url, faults.stack.session);
}

/** Sockets and files that the web has open. */
function openFiles(): number {
  return readdirSync(`/proc/${faults.stack.web.pid}/fd`).length;
}
