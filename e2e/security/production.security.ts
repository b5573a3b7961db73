import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPasswordAccount } from "@/lib/auth/create-person";
import { DEMO_DOMAIN } from "@/lib/auth/demo-domain";
import { createDb, type Db } from "@/lib/db";
import { startProgram } from "../stack/child-program";
import { freePort } from "../stack/free-port";
import { STACK } from "./send";
import { webEnvironment } from "./start-web-beside";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const NEXT = "node_modules/next/dist/bin/next";

let db: Db;
beforeAll(() => {
  db = createDb(STACK.databaseUrl, "security-production");
});
afterAll(() => db?.$disconnect());

/** What the web says when it refuses to start. @throws Error when it does not end by itself */
async function refusalOf(changes: Record<string, string>): Promise<string> {
  const port = await freePort();
  const web = startProgram(
    "web",
    [process.execPath, NEXT, "start", "-H", "127.0.0.1", "-p", String(port)],
    webEnvironment(port, changes),
    ROOT,
  );
  for (const deadline = Date.now() + 50_000; web.alive() && Date.now() < deadline; ) await sleep(100);
  const refused = !web.alive();
  await web.stop();
  if (!refused) throw new Error(`The web started:\n${web.output()}`);
  return web.output();
}

describe("11. in production", () => {
  it.each<[string, Record<string, string>, RegExp]>([
    ["the secret of the example", { AUTH_SECRET: "change-me-change-me-change-me-change-me" }, /AUTH_SECRET/],
    ["a short secret", { AUTH_SECRET: "short" }, /AUTH_SECRET/],
    ["no secret", { AUTH_SECRET: "" }, /AUTH_SECRET/],
    ["an open address without saying which", { HOST: "0.0.0.0", PUBLIC_URL: "" }, /HOST/],
  ])("%s: does not start, and says why", async (_name, changes, why) => {
    expect(await refusalOf(changes)).toMatch(why);
  });

  it("an account of the demo: does not start, and names it; disabled it is no harm", async () => {
    const email = `admin@${DEMO_DOMAIN}`;
    const { id } = await createPasswordAccount(db, {
      email,
      name: "Demo",
      password: "shown-on-a-screen",
      role: "admin",
    });
    try {
      expect(await refusalOf({})).toContain(email);
    } finally {
      await db.person.delete({ where: { id } });
    }
  });
});
