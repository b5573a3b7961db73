#!/usr/bin/env node
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

// `next start` listens on every address unless told otherwise; lib/env.ts says when that may be.
const root = fileURLToPath(new URL("..", import.meta.url));
if (!existsSync(`${root}${process.env.NEXT_DIST_DIR || ".next"}/BUILD_ID`)) {
  console.error("There is no production build yet. Run: npm run build");
  process.exit(1);
}
const { HOST = "127.0.0.1", PORT = "3000" } = process.env;
const web = spawn(process.execPath, ["node_modules/next/dist/bin/next", "start", "-H", HOST, "-p", PORT], {
  cwd: root,
  stdio: "inherit",
  env: { ...process.env, NODE_ENV: "production" },
});
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) process.on(signal, () => web.kill(signal));
web.once("exit", (code) => {
  process.exitCode = code ?? 1;
});
