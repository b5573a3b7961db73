import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { WebServer } from "@/app/api/server";
import { createDb, type Db } from "@/lib/db";
import { signedInPerson, TEST_AUTH_SECRET } from "@/lib/testing/signed-in";
import {
  createConsoleDatabase,
  requireTestService,
  type ThrowawayDatabase,
} from "@/lib/testing/throwaway-database";

type Route = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

let database: ThrowawayDatabase;
let db: Db;
let server: WebServer;
let stream: Route;

beforeAll(async () => {
  database = await createConsoleDatabase();
  db = createDb(database.url, "stream-route-test");
  vi.stubEnv("DATABASE_URL", database.url);
  vi.stubEnv("WAREHOUSE_URL", database.url);
  vi.stubEnv("REDIS_URL", requireTestService("BACKCOURT_TEST_REDIS_URL"));
  vi.stubEnv("LOG_LEVEL", "fatal");
  vi.stubEnv("AUTH_SECRET", TEST_AUTH_SECRET);
  stream = (await import("./route")).GET;
  server = (await import("@/app/api/server")).getServer();
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await server.db.$disconnect();
  await db.$disconnect();
  await database.drop();
});

async function open(signal: AbortSignal) {
  const { personId, cookie } = await signedInPerson(db, "viewer");
  const request = new Request("http://localhost:3000/api/stream", {
    headers: { host: "localhost:3000", cookie },
    signal,
  });
  const response = await stream(request, { params: Promise.resolve({}) });
  expect(response.status).toBe(200);
  return { response, count: () => server.streams.count(personId) };
}

// What Next does with the response of a connection that is gone: nothing, it is neither read nor cancelled.
describe("a stream whose reader has left", () => {
  it("while it was being prepared is not counted as open", async () => {
    const { count } = await open(AbortSignal.abort());
    expect(count()).toBe(0);
  });

  it("before its first byte was read is not counted as open", async () => {
    const reader = new AbortController();
    const { count } = await open(reader.signal);
    expect(count()).toBe(1);
    reader.abort();
    expect(count()).toBe(0);
  });

  it("and cancels is not counted as open", async () => {
    const { response, count } = await open(new AbortController().signal);
    expect(count()).toBe(1);
    await response.body?.cancel();
    expect(count()).toBe(0);
  });
});
