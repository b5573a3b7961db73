import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { startProgram } from "../../e2e/stack/child-program";
import { freePort } from "../../e2e/stack/free-port";
import { createStackPeople, STACK_PEOPLE, signInTo } from "../../e2e/stack/stack-people";
import { createConsoleDatabase, requireTestService } from "../../lib/testing/throwaway-database";

/** The production web, alone, in front of a warehouse. */
export type ServedWeb = {
  /** Asks it, signed in as a viewer. */
  get(path: string): Promise<Response>;
  stop(): Promise<void>;
};

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const PATIENCE_MS = 20_000;

/** Starts the production build's web on a console database of its own. @throws Error when it does not answer */
export async function serveWeb(warehouseUrl: string): Promise<ServedWeb> {
  const database = await createConsoleDatabase();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const web = startProgram(
    "web",
    [process.execPath, "node_modules/next/dist/bin/next", "start", "-H", "127.0.0.1", "-p", String(port)],
    {
      DATABASE_URL: database.url,
      WAREHOUSE_URL: warehouseUrl,
      REDIS_URL: requireTestService("BACKCOURT_TEST_REDIS_URL"),
      LOG_LEVEL: "error",
      AUTH_SECRET: randomBytes(24).toString("hex"),
    },
    ROOT,
  );
  const stop = async () => {
    await web.stop();
    await database.drop();
  };
  for (const deadline = Date.now() + PATIENCE_MS; ; await sleep(100)) {
    // 503 too: there is no worker beside it.
    const answered = await fetch(`${url}/api/health/live`).then(
      () => true,
      () => false,
    );
    if (answered) {
      await createStackPeople(database.url);
      const cookie = await signInTo(url, STACK_PEOPLE.viewer);
      return { get: (path) => fetch(`${url}${path}`, { headers: { cookie } }), stop };
    }
    if (Date.now() < deadline && web.alive()) continue;
    await stop();
    throw new Error(`The web does not answer:\n${web.output()}`);
  }
}
