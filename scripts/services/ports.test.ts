import { createServer, type Server } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { findFreePort } from "./ports.mjs";

const servers: Server[] = [];

function listen(port: number): Promise<number> {
  const server = createServer();
  servers.push(server);
  return new Promise((resolve) => {
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : 0);
    });
  });
}

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

describe("findFreePort", () => {
  it("moves on from a taken port", async () => {
    const taken = await listen(0);
    const free = await findFreePort(taken);
    expect(free).toBeGreaterThan(taken);
    expect(await listen(free)).toBe(free);
  });

  it("gives the preferred port when it is free", async () => {
    const free = await findFreePort(0);
    expect(await findFreePort(free)).toBe(free);
  });

  it("says what to do when none is free", async () => {
    const taken = await findFreePort(65_535);
    await listen(taken);
    await expect(findFreePort(65_535)).rejects.toMatchObject({ todo: expect.stringContaining("--port") });
  });
});
