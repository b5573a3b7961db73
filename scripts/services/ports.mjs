import { createServer } from "node:net";
import { ExplainedError } from "./explained-error.mjs";

const HOST = "127.0.0.1";
const TRIES = 200;

/** @param {number} port @returns {Promise<number | undefined>} the port when it can be bound on loopback; 0 asks for any */
function tryPort(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(undefined));
    server.listen({ port, host: HOST, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" ? address?.port : undefined));
    });
  });
}

/**
 * The first free loopback port from the preferred one upward; 0 lets the system choose.
 * @param {number} preferred
 * @returns {Promise<number>}
 */
export async function findFreePort(preferred) {
  const last = preferred === 0 ? 0 : Math.min(preferred + TRIES - 1, 65535);
  for (let port = preferred; port <= last; port++) {
    const free = await tryPort(port);
    if (free !== undefined) return free;
  }
  throw new ExplainedError(`No free port between ${preferred} and ${last} on ${HOST}`, {
    todo: "End what listens there, or choose another port with --port.",
  });
}
