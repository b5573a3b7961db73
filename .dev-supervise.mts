import { spawn, type ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { writeFileSync, mkdtempSync, readdirSync, readFileSync, existsSync } from "node:fs";
import { join } from "node:path"; import { tmpdir } from "node:os"; import { v7 as uuidv7 } from "uuid";
import { createConsoleDatabase } from "./lib/testing/throwaway-database";
import { createThrowawayWarehouse } from "./sandbox/testing/throwaway-warehouse";
import { seedWarehouse } from "./sandbox/warehouse/seed";
import { easternDate } from "./lib/game-date";
import { createDb } from "./lib/db";
import { findProcessesOfRun } from "./lib/executors/processes-of-run";
import { readLogLines } from "./lib/logs/read-log";
const bundles = process.env.BUNDLES_DIR ?? "dist";
const state = mkdtempSync(join(tmpdir(), "sup-state-"));
const stub = join(state, "stub.py"); writeFileSync(stub, `import os,sys,time,signal
mode=os.environ.get('STUB','sleep'); f=os.environ['STUB_FILE']
open(f,'a').write('start %s %d\\n' % (os.environ['BACKCOURT_RUN_ID'], os.getpid()))
print('up', flush=True)
if mode=='stubborn':
  for s in (signal.SIGINT, signal.SIGTERM): signal.signal(s, signal.SIG_IGN)
  if os.fork()==0:
    os.setsid(); time.sleep(600)
if mode=='chatty':
  for i in range(6000): print('line',i,flush=True); time.sleep(0.01)
time.sleep(600)
`);
const database = await createConsoleDatabase(); const warehouse = await createThrowawayWarehouse(); const now = new Date();
await seedWarehouse({ client: warehouse.admin, now, anchorDate: easternDate(now) });
const db = createDb(database.url, "dev");
const stubFile = join(state, "starts"); writeFileSync(stubFile, "");
const argv = ["python3", stub];
const workers: ChildProcess[] = [];
function worker(name: string, mode: string, extra: Record<string,string> = {}) {
  const w = spawn(process.execPath, [join(bundles, "worker.mjs")], { stdio: ["ignore", "inherit", "inherit"], env: { PATH: process.env.PATH!, HOME: "/root", NODE_ENV: "production",
    DATABASE_URL: database.url, WAREHOUSE_URL: warehouse.readerUrl, REDIS_URL: process.env.BACKCOURT_TEST_REDIS_URL!, WORKER_STATE_DIR: join(state, "w"), LOG_LEVEL: "warn", DAILY_RUN_WINDOW: "off", SOURCE_REQUESTS_PER_MINUTE: "100000",
    INGESTION_COMMAND: JSON.stringify(argv), INGESTION_CWD: "/", WORKER_NAME: name, INGESTION_ENV_STUB: mode, INGESTION_ENV_STUB_FILE: stubFile, ...extra } });
  workers.push(w); return w;
}
async function queue() { const id = uuidv7(); await db.run.create({ data: { id, kind: "backfill", params: { runDate: "2026-11-10" }, title: "B", gameDate: "2026-11-10", argv: [...argv, "--run_date", "2026-11-10"], cwd: "/", lockKey: "ingestion", targetKey: "b:" + id, requestedBy: "t" } }); return id; }
const until = async (f: () => Promise<boolean> | boolean, ms = 90000) => { const t = Date.now(); while (!(await f())) { if (Date.now() - t > ms) throw new Error("timeout " + f); await sleep(50); } return Date.now() - t; };
const get = (id: string) => db.run.findUniqueOrThrow({ where: { id } });
const has = async (id: string, t: string) => (await readLogLines(db, id, 0, 1e5)).some((l) => l.text === t);
try {
  for (const mode of ["sleep", "stubborn", "chatty"]) {
    const w1 = worker("w1", mode); const id = await queue();
    await until(() => has(id, "up")); await sleep(500);
    console.log(mode, "processes", findProcessesOfRun(id).length);
    const t = Date.now(); w1.kill("SIGKILL");
    const w2 = worker("w2", mode);
    const dead = await until(() => findProcessesOfRun(id).length === 0, 15000).catch(() => "NOT DEAD"); console.log(mode, "tree dead after", Date.now() - t, "ms");
    await until(async () => (await get(id)).state === "interrupted"); const run = await get(id);
    console.log(mode, "settled after", Date.now() - t, "ms:", run.outcome, run.signal, run.exitCode, "settler", run.settler, "log", run.logLines);
    console.log((await readLogLines(db, id, 0, 1e5)).filter((l) => l.channel === "backcourt").map((l) => l.text).join("\n  "));
    console.log("folders", readdirSync(join(state, "w", "runs")), "starts", readFileSync(stubFile, "utf8").split("\n").filter(l => l.includes(id)).length);
    const t3 = Date.now(); w2.kill("SIGTERM"); await new Promise(r => w2.once("exit", (c, s) => { console.log("w2 exit", c, s, Date.now() - t3, "ms"); r(0); }));
  }
  // drain: SIGTERM in a long run, drain 2 s
  const w = worker("w3", "sleep", { WORKER_DRAIN_SECONDS: "2" }); const id = await queue(); await until(() => has(id, "up"));
  const t = Date.now(); w.kill("SIGTERM"); await sleep(300); w.kill("SIGTERM");
  await new Promise(r => w.once("exit", (c, s) => { console.log("drained worker exit", c, s, Date.now() - t, "ms"); r(0); }));
  const run = await get(id); console.log("drain:", run.state, run.outcome, findProcessesOfRun(id).length);
} finally { for (const w of workers) w.kill("SIGKILL"); await db.$disconnect(); await warehouse.drop(); await database.drop(); }
process.exit(0);
