import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { logPageSchema, logSearchSchema } from "@/lib/contracts/log";
import { runDetailSchema } from "@/lib/contracts/runs";
import { createDb, type Db } from "@/lib/db";
import { storeLogBatch } from "@/lib/logs/store-log-batch";
import { createRunningRun } from "@/lib/testing/running-run";
import { signedInPerson, TEST_AUTH_SECRET } from "@/lib/testing/signed-in";
import {
  createConsoleDatabase,
  requireTestService,
  type ThrowawayDatabase,
} from "@/lib/testing/throwaway-database";

type Route = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

let database: ThrowawayDatabase;
let db: Db;
let cookie: string;
let routes: Record<"log" | "lines" | "search" | "run", Route>;

beforeAll(async () => {
  database = await createConsoleDatabase();
  db = createDb(database.url, "log-routes-test");
  vi.stubEnv("DATABASE_URL", database.url);
  vi.stubEnv("WAREHOUSE_URL", database.url);
  vi.stubEnv("REDIS_URL", requireTestService("BACKCOURT_TEST_REDIS_URL"));
  vi.stubEnv("LOG_LEVEL", "fatal");
  vi.stubEnv("AUTH_SECRET", TEST_AUTH_SECRET);
  ({ cookie } = await signedInPerson(db, "viewer"));
  routes = {
    log: (await import("./route")).GET,
    lines: (await import("../lines/route")).GET,
    search: (await import("../lines/search/route")).GET,
    run: (await import("../route")).GET,
  };
});

afterAll(async () => {
  vi.unstubAllEnvs();
  const { getServer } = await import("@/app/api/server");
  await getServer().db.$disconnect();
  await db.$disconnect();
  await database.drop();
});

function ask(route: Route, id: string, query = ""): Promise<Response> {
  const request = new Request(`http://localhost:3000/api/runs/x${query}`, {
    headers: { host: "localhost:3000", cookie },
  });
  return route(request, { params: Promise.resolve({ id }) });
}

async function createLog(texts: readonly string[]): Promise<string> {
  const owner = await createRunningRun(db);
  const at = new Date().toISOString();
  const lines = texts.map((text, index) => ({ seq: index + 1, at, channel: "stdout" as const, text }));
  await storeLogBatch(db, owner, lines, false);
  return owner.runId;
}

describe("a log's routes", () => {
  it("give it as an attachment that no browser renders, in pages, and by what it holds", async () => {
    const id = await createLog(["one", "<script>alert(1)</script>", "[ERROR] three"]);
    const raw = await ask(routes.log, id);
    expect(await raw.text()).toBe("one\n<script>alert(1)</script>\n[ERROR] three\n");
    expect(raw.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(raw.headers.get("content-disposition")).toMatch(/^attachment; filename="backfill-[\w-]+\.log"$/);
    expect(raw.headers.get("x-content-type-options")).toBe("nosniff");
    const page = logPageSchema.parse(await (await ask(routes.lines, id, "?after=1&limit=1")).json());
    expect(page).toMatchObject({ total: 3, lines: [{ seq: 2 }] });
    const found = logSearchSchema.parse(await (await ask(routes.search, id, "?level=error")).json());
    expect(found).toEqual({ total: 1, seqs: [3], truncated: false, through: 3 });
  });

  it("say of a log that was removed when and after how long, on the run and in the download", async () => {
    const id = await createLog(["one"]);
    await db.logChunk.deleteMany({ where: { runId: id } });
    await db.run.update({
      where: { id },
      data: {
        state: "succeeded",
        finishedAt: new Date("2026-09-13T12:00:00Z"),
        logPrunedAt: new Date("2026-11-12T13:00:00Z"),
        logLines: 0,
        logBytes: 0,
      },
    });
    const sentence = "Its log was removed on 12 Nov 2026, after 60 days.";
    expect(await (await ask(routes.log, id)).text()).toBe(sentence);
    const { log } = runDetailSchema.parse(await (await ask(routes.run, id)).json());
    expect(log).toMatchObject({ lines: 0, prunedAt: "2026-11-12T13:00:00.000Z", prunedText: sentence });
  });

  it.each(["?after=-1", "?after=99999999999999999999", "?limit=0", "?limit=999999", "?after=x", "?more=1"])(
    "refuse a page of %s, and a search likewise",
    async (query) => {
      const id = await createLog(["one"]);
      expect((await ask(routes.lines, id, query)).status).toBe(400);
      expect((await ask(routes.search, id, query)).status).toBe(400);
    },
  );
});
