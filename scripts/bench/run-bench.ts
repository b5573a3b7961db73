import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { type Browser, chromium, type Page } from "@playwright/test";
import { storageStateOf } from "../../e2e/stack/stack-people";
import { type Stack, startStack } from "../../e2e/stack/start-stack";
import { addDays } from "../../lib/game-date";
import { percentile } from "./percentile";

/**
 * What a person waits for, in a real Chromium on the production build: from the click to the program's first
 * line, from a written line to the line in the browser, the calendar's JavaScript, and memory.
 */

const CLICKS = 20;
const LINES_A_SECOND = 1_000;
const STREAM_SECONDS = 5;

/** Starts in a few milliseconds, so that what is measured is Backcourt; writes each line's own time. */
const PROGRAM = `
printf 'first %s\\n' "$(date +%s%3N)"
case "$2" in *-01) exec "$NODE_OF_BENCH" -e "$LINES_OF_BENCH";; esac
`;

const LINES = `
const started = Date.now(); let sent = 0;
const timer = setInterval(() => {
  const due = Math.min(${LINES_A_SECOND * STREAM_SECONDS}, Math.floor((Date.now() - started) * ${LINES_A_SECOND / 1_000}));
  let text = ""; for (; sent < due; sent += 1) text += "line " + Date.now() + "\\n";
  if (text) process.stdout.write(text);
  if (sent >= ${LINES_A_SECOND * STREAM_SECONDS}) clearInterval(timer);
}, 4);`;

const COMMAND = [
  "env",
  `NODE_OF_BENCH=${process.execPath}`,
  `LINES_OF_BENCH=${LINES}`,
  "sh",
  "-c",
  PROGRAM,
  "bench",
];

const stack = await startStack({ ingestion: { command: COMMAND, cwd: tmpdir() } });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
try {
  await untilAtRest(stack);
  const rows = [
    ...(await measureFirstLoad(browser, stack)),
    ...(await measureMemory(stack)),
    ...(await measureClicks(browser, stack)),
    ...(await measureLines(browser, stack)),
  ];
  console.log("| what | figure | aim |\n| --- | --- | --- |");
  for (const row of rows) console.log(`| ${row.join(" | ")} |`);
} finally {
  await browser.close();
  await stack.stop();
}

type Row = [what: string, figure: string, aim: string];

/** A worker's first look at dbt's project runs dbt for some seconds, once: what is measured comes after it. */
async function untilAtRest({ url, session }: Stack): Promise<void> {
  for (const until = performance.now() + 60_000; performance.now() < until; await sleep(500)) {
    const response = await fetch(`${url}/api/dbt`, { headers: { cookie: session } });
    const { observedAt } = (await response.json()) as { observedAt: string | null };
    if (observedAt !== null) return;
  }
  throw new Error("dbt's project has not been observed after 60 s.");
}

async function measureFirstLoad(browser: Browser, stack: Stack): Promise<Row[]> {
  const { url } = stack;
  const page = await openPage(browser, stack);
  const sizes: Promise<number>[] = [];
  page.on("response", (response) => {
    if (response.request().resourceType() !== "script") return;
    sizes.push(response.body().then((body) => gzipSync(body).length));
  });
  const began = performance.now();
  await page.goto(url);
  await page.getByRole("grid").waitFor();
  const shownMs = performance.now() - began;
  // What is loaded after the first paint counts too; the open event stream rules out waiting for silence.
  await page.waitForTimeout(2_000);
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  await page.close();
  return [
    ["JavaScript of the calendar's first load, gzipped", `${Math.round(bytes / 1_000)} kB`, "<= 250 kB"],
    ["calendar on screen, cold browser", `${Math.round(shownMs)} ms`, ""],
  ];
}

async function measureMemory({ web, worker }: Stack): Promise<Row[]> {
  const resident = (pid: number) =>
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1_024;
  return [
    ["idle worker, resident", `${Math.round(resident(worker.pid))} MB`, "<= 150 MB"],
    ["web after its first page, resident", `${Math.round(resident(web.pid))} MB`, "<= 250 MB"],
  ];
}

async function measureClicks(browser: Browser, stack: Stack): Promise<Row[]> {
  const page = await openPage(browser, stack);
  const dates = stack.holes
    .filter(({ kind }) => kind === "missing" || kind === "late")
    .map(({ date }) => date);
  const waits: number[] = [];
  for (let i = 0; i < CLICKS; i += 1) {
    const date = dates[i % dates.length] ?? "";
    waits.push(await clickToFirstLine(page, stack.url, date));
  }
  await page.close();
  const starts: number[] = [];
  for (let i = 0; i < CLICKS; i += 1) starts.push(await ownStart());
  const start = percentile(starts, 50);
  const figures = (values: number[]) =>
    `p50 ${Math.round(percentile(values, 50))} ms, p95 ${Math.round(percentile(values, 95))} ms`;
  return [
    ["confirming click to the program's first line in the browser", figures(waits), ""],
    ["the program's own start: from spawn to its first line, without Backcourt", figures(starts), ""],
    ["the click beyond the program's own start", figures(waits.map((wait) => wait - start)), "p50 <= 150 ms"],
  ];
}

/** Milliseconds from starting the same command by hand to its first output. */
async function ownStart(): Promise<number> {
  const began = performance.now();
  const [command = "", ...args] = COMMAND;
  const child = spawn(command, [...args, "--run_date", "2026-01-02"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "close");
  await once(child.stdout, "data");
  const took = performance.now() - began;
  await ended;
  return took;
}

async function clickToFirstLine(page: Page, url: string, date: string): Promise<number> {
  await page.goto(`${url}/?date=${date}`);
  await page
    .getByRole("region", { name: new RegExp(date.slice(-2).replace(/^0/, "")) })
    .getByRole("button", { name: "Backfill…" })
    .click();
  const confirm = page.getByRole("dialog").getByRole("button", { name: "Backfill", exact: true });
  await confirm.click({ trial: true });
  const wait = await confirm.evaluate(async (button: HTMLElement) => {
    const began = performance.now();
    button.click();
    for (;;) {
      if (
        [...document.querySelectorAll('[role="log"]')].some((log) => /first \d/.test(log.textContent ?? ""))
      )
        break;
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    return performance.now() - began;
  });
  await page.getByText("no effect").first().waitFor();
  return wait;
}

async function measureLines(browser: Browser, stack: Stack): Promise<Row[]> {
  const { url, holes } = stack;
  const page = await openPage(browser, stack);
  await page.goto(`${url}/health`);
  const anyDate = holes[0]?.date ?? "";
  const firstOfMonth = `${addDays(`${anyDate.slice(0, 7)}-01`, -1).slice(0, 7)}-01`;
  const waits = await page.evaluate(async (runDate) => {
    const response = await fetch("/api/runs", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ kind: "backfill", params: [{ runDate }] }),
    });
    const { runs } = (await response.json()) as { runs: { id: string }[] };
    return new Promise<number[]>((resolve) => {
      const late: number[] = [];
      const source = new EventSource(`/api/stream?run=${runs[0]?.id}&after=0`);
      source.onmessage = (event) => {
        const frame = JSON.parse(event.data) as { type: string; lines?: { text: string }[] };
        const now = Date.now();
        for (const { text } of frame.lines ?? []) {
          const at = /^line (\d+)$/.exec(text)?.[1];
          if (at) late.push(now - Number(at));
        }
        if (frame.type === "end-of-log") {
          source.close();
          resolve(late);
        }
      };
    });
  }, firstOfMonth);
  await page.close();
  if (waits.length !== LINES_A_SECOND * STREAM_SECONDS) throw new Error(`${waits.length} lines arrived`);
  const figures = `p50 ${percentile(waits, 50)} ms, p95 ${percentile(waits, 95)} ms, longest ${Math.max(...waits)} ms`;
  return [
    [
      `line written to line in the browser, ${LINES_A_SECOND} a second, ${waits.length} lines`,
      figures,
      "p95 <= 50 ms",
    ],
  ];
}

/** A page in a browser that knows nothing yet but an admin's session. */
async function openPage(browser: Browser, { url, session }: Stack): Promise<Page> {
  const storageState = storageStateOf(url, session);
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, storageState });
  page.setDefaultTimeout(10_000);
  return page;
}
