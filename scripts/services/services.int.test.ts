import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Redis } from "ioredis";
import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { endLeftovers, trackChildProcesses } from "./child-processes.mjs";
import { findFreePort } from "./ports.mjs";
import { startPostgres } from "./postgres.mjs";
import { removePostgresElsewhere } from "./postgres-place.mjs";
import { descendantsOf, processStart } from "./process-identity.mjs";
import { dbtBeside, ensurePython } from "./python.mjs";
import { startRedis } from "./redis.mjs";

const base = fileURLToPath(new URL("../../.backcourt", import.meta.url));
const cacheDir = join(base, "cache");

let stateDir: string;
let children: ReturnType<typeof trackChildProcesses>;

beforeEach(() => {
  mkdirSync(join(base, "test"), { recursive: true });
  // Named as test states are, so that what a killed test leaves is cleared by the next one.
  stateDir = mkdtempSync(join(base, `test/${process.pid}-${processStart(process.pid)}-`));
  chmodSync(stateDir, 0o755);
  children = trackChildProcesses(stateDir);
});

afterEach(async () => {
  await children.stopAll();
  removePostgresElsewhere(stateDir);
  rmSync(stateDir, { recursive: true });
});

/** The pids that the state folder names as running. */
function noted(): number[] {
  const running: { pid: number }[] = JSON.parse(readFileSync(join(stateDir, "processes.json"), "utf8"));
  return running.map(({ pid }) => pid);
}

async function answers(url: string): Promise<unknown> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query("SELECT 1 AS one");
  await client.end();
  return rows;
}

describe("startPostgres", () => {
  it("keeps its data, moves on from a taken port, and leaves nothing running", async () => {
    const first = await startPostgres({ children, stateDir, durable: false });
    const client = new Client({ connectionString: first.adminUrl });
    await client.connect();
    await client.query("CREATE TABLE kept ()");
    await client.end();
    const pids = noted().flatMap((pid) => [pid, ...descendantsOf(pid).map((child) => child.pid)]);
    await first.stop();
    expect(pids.length).toBeGreaterThan(1);
    expect(pids.filter((pid) => processStart(pid) !== undefined)).toEqual([]);

    const taken = createServer();
    const port = await findFreePort(0);
    await new Promise<void>((resolve) => taken.listen(port, "127.0.0.1", resolve));
    const second = await startPostgres({ children, stateDir, port, durable: false });
    taken.close();
    expect(second.port).toBeGreaterThan(port);
    const again = new Client({ connectionString: second.adminUrl });
    await again.connect();
    expect((await again.query("SELECT * FROM kept")).rows).toEqual([]);
    await again.end();
  });

  it("starts over what a killed server and a killed parent left behind", async () => {
    const killed = await startPostgres({ children, stateDir, durable: false });
    children.killAll();
    const pidFile = join(killed.place.home, "postgres/postmaster.pid");
    // The pid of the killed server may meanwhile be another program's: here, this test's.
    writeFileSync(pidFile, readFileSync(pidFile, "utf8").replace(/^\d+/, String(process.pid)));
    const orphan = await startPostgres({ children, stateDir, durable: false });
    expect(await answers(orphan.adminUrl)).toEqual([{ one: 1 }]);

    expect(await endLeftovers(stateDir)).toEqual(["postgres"]);
    await expect(answers(orphan.adminUrl)).rejects.toThrow("ECONNREFUSED");
  });

  it("keeps its data elsewhere for root when its user may not enter the folder, and leaves nothing there", async () => {
    chmodSync(stateDir, 0o700);
    const { adminUrl, place, stop } = await startPostgres({ children, stateDir, durable: false });
    expect(await answers(adminUrl)).toEqual([{ one: 1 }]);
    // An ordinary user's own server may enter every folder of that user.
    expect(place.elsewhere).toBe(process.getuid?.() === 0);
    await stop();
    removePostgresElsewhere(stateDir);
    if (place.elsewhere) expect(existsSync(place.home)).toBe(false);
  });

  it("says so when the kept password does not fit the data", async () => {
    const first = await startPostgres({ children, stateDir, durable: false });
    await first.stop();
    rmSync(join(stateDir, "secrets.json"));
    await expect(startPostgres({ children, stateDir, durable: false })).rejects.toMatchObject({
      todo: expect.stringContaining("--reset"),
    });
  });
});

describe("startRedis", () => {
  it("wants its password, never evicts, and keeps its data when asked to", async () => {
    const options = { children, stateDir, cacheDir, persistent: true };
    const first = await startRedis(options);
    const redis = new Redis(first.url);
    expect(await redis.config("GET", "maxmemory-policy")).toEqual(["maxmemory-policy", "noeviction"]);
    await redis.set("kept", "yes");
    redis.disconnect();
    const pids = noted();
    await first.stop();
    expect(pids.filter((pid) => processStart(pid) !== undefined)).toEqual([]);

    const second = await startRedis(options);
    const again = new Redis(second.url);
    expect(await again.get("kept")).toBe("yes");
    again.disconnect();
    const stranger = new Redis({ port: second.port, lazyConnect: true, retryStrategy: () => null });
    stranger.on("error", () => {});
    await expect(stranger.get("kept")).rejects.toThrow("NOAUTH");
    stranger.disconnect();
  });

  it("says what to do when the one that is given does not answer", async () => {
    const port = await findFreePort(0);
    const redisUrl = `redis://127.0.0.1:${port}`;
    await expect(startRedis({ children, stateDir, cacheDir, redisUrl })).rejects.toMatchObject({
      todo: expect.stringContaining("REDIS_URL"),
    });
  });
});

describe("ensurePython", () => {
  it("does without dbt where that cannot be installed, says so, and tries again the next time", async () => {
    const [requirements, dbtRequirements] = [join(stateDir, "none.txt"), join(stateDir, "dbt.txt")];
    writeFileSync(requirements, "# nothing\n");
    writeFileSync(dbtRequirements, "--no-index\nno-such-package==1\n");
    const said: string[] = [];
    const ensure = () =>
      ensurePython({
        children,
        cacheDir: stateDir,
        requirements,
        dbtRequirements,
        detail: (text) => said.push(text),
      });
    const python = await ensure();
    expect(existsSync(python)).toBe(true);
    expect(existsSync(dbtBeside(python))).toBe(false);
    expect(await ensure()).toBe(python);
    expect(said).toHaveLength(2);
    expect(readFileSync(said[0]?.split(": ")[1] ?? "", "utf8")).toContain("no-such-package");
  }, 60_000);
});

describe("trackChildProcesses", () => {
  it("stops grandchildren too, even those in groups of their own", async () => {
    const script = `require("node:child_process").spawn("sleep", ["60"], { detached: true }); setInterval(() => {}, 1000)`;
    const child = children.start({ name: "parent", command: process.execPath, args: ["-e", script] });
    await expect.poll(() => descendantsOf(child.pid).length, { timeout: 10_000 }).toBe(1);
    const [grandchild] = descendantsOf(child.pid);
    await child.stop();
    expect(processStart(child.pid)).toBeUndefined();
    await expect.poll(() => processStart(grandchild?.pid ?? 0)).toBeUndefined();
  });

  it("tells the last words of a command that fails", async () => {
    const failing = children.run({
      name: "failing",
      command: "sh",
      args: ["-c", "echo no such table >&2; exit 3"],
    });
    await expect(failing).rejects.toMatchObject({
      message: "failing failed (exit 3)",
      why: expect.stringContaining("no such table"),
    });
  });

  it("tells when a program cannot be started", async () => {
    await expect(children.run({ name: "absent", command: "/no/such/program" })).rejects.toThrow(
      "absent could not be started",
    );
  });
});
