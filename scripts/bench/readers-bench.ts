import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type Stack, startStack } from "../../e2e/stack/start-stack";
import { createRunsResponseSchema } from "../../lib/contracts/runs";
import { openSchema, type Report, reportSchema } from "./stream-readers";

const HELP = `Measures 500 readers on one run that writes 1,000 lines a second, and the same cut off all at once.
Needs the production build (npm run build).

  node scripts/with-services.mjs npx tsx scripts/bench/readers-bench.ts

Environment: BENCH_READERS, 500 unless told.`;

const READERS = Number(process.env.BENCH_READERS ?? 500);
const LINES_A_SECOND = 1_000;
const SECONDS = 15;
const LINES = LINES_A_SECOND * SECONDS;
const PATIENCE_MS = 120_000;

/** Waits for its file, so that every reader is there for the first line; then each line is its own time. */
const PROGRAM = `
const { existsSync } = require("node:fs");
let started = 0; let sent = 0;
const timer = setInterval(() => {
  if (started === 0) { if (existsSync(process.env.BENCH_START)) started = Date.now(); return; }
  const due = Math.min(${LINES}, Math.floor((Date.now() - started) * ${LINES_A_SECOND / 1_000}));
  let text = ""; for (; sent < due; sent += 1) text += "line " + Date.now() + "\\n";
  if (text) process.stdout.write(text);
  if (sent >= ${LINES}) clearInterval(timer);
}, 4);`;

type Row = [what: string, figure: string];
type Ended = Extract<Report, { type: "ended" }>;

async function main(): Promise<void> {
  if (process.argv.includes("--help")) return console.log(HELP);
  const folder = mkdtempSync(join(tmpdir(), "backcourt-bench-"));
  const start = join(folder, "start");
  const command = ["env", `BENCH_START=${start}`, process.execPath, "-e", PROGRAM, "--"];
  const stack = await startStack({ ingestion: { command, cwd: tmpdir() } });
  try {
    const rows = [
      ...(await measure(stack, start, "undisturbed", null)),
      ...(await measure(stack, start, "all cut at once", SECONDS / 3)),
    ];
    console.log(`${READERS} readers, ${LINES} lines, ${availableParallelism()} cores for all of it\n`);
    console.log("| what | figure |\n| --- | --- |");
    for (const row of rows) console.log(`| ${row.join(" | ")} |`);
  } finally {
    await stack.stop();
    rmSync(folder, { recursive: true });
  }
}

/** One run with all its readers; after `cutAfter` seconds of lines every connection is cut. */
async function measure(stack: Stack, start: string, name: string, cutAfter: number | null): Promise<Row[]> {
  rmSync(start, { force: true });
  const runId = await orderRun(stack);
  const memory = watchMemory(stack.web.pid);
  const readers = fork(fileURLToPath(new URL("stream-readers.ts", import.meta.url)), {
    execArgv: ["--import", "tsx"],
  });
  try {
    readers.send(
      openSchema.parse({
        type: "open",
        url: `${stack.url}/api/stream?run=${runId}`,
        session: stack.session,
        readers: READERS,
      }),
    );
    await reportOf(readers, "open");
    const ended = reportOf(readers, "ended");
    const cpu = cpuSeconds(stack.web.pid);
    writeFileSync(start, "");
    const rows: Row[] = [];
    if (cutAfter !== null) {
      await sleep(cutAfter * 1_000);
      const back = reportOf(readers, "open");
      const cutAt = performance.now();
      readers.send({ type: "cut" });
      await back;
      rows.push([`${name}: until every reader is back`, `${Math.round(performance.now() - cutAt)} ms`]);
    }
    const got = (await ended) as Ended;
    const computed = cpuSeconds(stack.web.pid) - cpu;
    if (got.fewest !== got.most || got.fewest < LINES || got.gaps > 0)
      throw new Error(`A reader lacks lines: ${JSON.stringify(got)}`);
    return [
      [`${name}: lines at each reader, lost, repeated`, `${got.fewest}, ${got.gaps}, ${got.repeats}`],
      [
        `${name}: line written to line at a reader`,
        `p50 ${got.p50} ms, p95 ${got.p95} ms, longest ${got.longest} ms`,
      ],
      ...rows,
      [`${name}: web, resident, before and at most`, `${memory.first} MB, ${memory.most()} MB`],
      [`${name}: web's processor time for ${SECONDS} s of lines`, `${computed.toFixed(1)} s`],
    ];
  } finally {
    memory.stop();
    readers.kill("SIGKILL");
  }
}

async function orderRun({ url, session, holes }: Stack): Promise<string> {
  const response = await fetch(`${url}/api/runs`, {
    method: "POST",
    headers: { "content-type": "application/json", cookie: session, origin: url },
    body: JSON.stringify({ kind: "backfill", params: [{ runDate: holes[0]?.date }] }),
  });
  if (!response.ok) throw new Error(await response.text());
  const { runs } = createRunsResponseSchema.parse(await response.json());
  return runs[0]?.id ?? "";
}

async function reportOf(readers: ChildProcess, type: Report["type"]): Promise<Report> {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  for (;;) {
    const [message] = (await once(readers, "message", { signal: patience })) as [unknown];
    const report = reportSchema.parse(message);
    if (report.type === type) return report;
  }
}

/** Resident memory in megabytes. */
function watchMemory(pid: number) {
  const resident = () =>
    Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1_024);
  const first = resident();
  let most = first;
  const timer = setInterval(() => {
    most = Math.max(most, resident());
  }, 200);
  return { first, most: () => most, stop: () => clearInterval(timer) };
}

/** What a process has computed since its start; the kernel counts in hundredths of a second. */
function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
