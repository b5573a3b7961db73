import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { errorResponseSchema } from "@/lib/contracts/error-response";
import { explainWrongMethods } from "./explain-wrong-method";

let server: Server;
let url: string;

beforeAll(async () => {
  explainWrongMethods();
  // As Next does it: a status, and an end without a body.
  server = createServer((request, response) => {
    response.statusCode = request.method === "GET" ? 405 : 204;
    if (request.url?.endsWith("head")) response.writeHead(response.statusCode);
    response.end(request.url?.endsWith("own") ? "own" : undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.close();
});

describe("a method that an address does not answer to", () => {
  it.each(["/api/runs", "/api/runs/head"])("is refused in words: %s", async (path) => {
    const response = await fetch(`${url}${path}`);
    expect(response.status).toBe(405);
    const { error } = errorResponseSchema.parse(await response.json());
    expect(error).toMatchObject({ code: "method-not-allowed", message: expect.stringContaining("GET") });
  });

  it("leaves every other answer alone", async () => {
    expect((await fetch(`${url}/api/runs`, { method: "POST" })).status).toBe(204);
    expect(await (await fetch(`${url}/runs`)).text()).toBe("");
  });
});
