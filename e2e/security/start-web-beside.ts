import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { startProgram } from "../stack/child-program";
import { freePort } from "../stack/free-port";
import { STACK } from "./send";

/** Another web process on the same stores, with other settings. */
export type BesideWeb = { url: string; port: number; output(): string; stop(): Promise<void> };

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const PATIENCE_MS = 60_000;

/** What a web process needs to start on the stack's stores; `changes` come over it. */
export function webEnvironment(port: number, changes: Record<string, string>): Record<string, string> {
  return {
    DATABASE_URL: STACK.appUrl,
    WAREHOUSE_URL: STACK.appUrl,
    REDIS_URL: STACK.redisUrl,
    LOG_LEVEL: "error",
    AUTH_SECRET: STACK.authSecret,
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    HOST: "127.0.0.1",
    PORT: String(port),
    ...(process.env.NEXT_DIST_DIR ? { NEXT_DIST_DIR: process.env.NEXT_DIST_DIR } : {}),
    ...changes,
  };
}

/** Starts it and waits until it answers. @throws Error with its output when it does not */
export async function startWebBeside(changes: Record<string, string>): Promise<BesideWeb> {
  const port = await freePort();
  const web = startProgram(
    "web",
    [process.execPath, "node_modules/next/dist/bin/next", "start", "-H", "127.0.0.1", "-p", String(port)],
    webEnvironment(port, changes),
    ROOT,
  );
  const url = `http://127.0.0.1:${port}`;
  for (const deadline = Date.now() + PATIENCE_MS; ; await sleep(100)) {
    const answered = await fetch(`${url}/api/health/live`).then(
      () => true,
      () => false,
    );
    if (answered) return { url, port, output: web.output, stop: web.stop };
    if (web.alive() && Date.now() < deadline) continue;
    await web.stop();
    throw new Error(`The web does not answer:\n${web.output()}`);
  }
}
