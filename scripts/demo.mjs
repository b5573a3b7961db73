#!/usr/bin/env node
import { fileURLToPath } from "node:url";
import { buildApp } from "./stack/build-app.mjs";
import { migrate } from "./stack/databases.mjs";
import { runDbtFirst } from "./stack/first-dbt-run.mjs";
import { runConsole } from "./stack/run-console.mjs";
import { seedOrRefresh } from "./stack/sandbox.mjs";
import { WORKER_FLAGS } from "./stack/worker-flags.mjs";

const HELP = `Usage: npm run demo [-- OPTIONS]

Starts the whole of Backcourt beside a sandbox pipeline, from a bare checkout: PostgreSQL, Redis, web and
worker as in production, and a season of made-up games. Everything is kept below .backcourt/, and data
survive until --reset.

  --port N         the web's port (3000); when it is taken, the next free one
  --reset          discard the data of earlier starts
  --new-password   give the admin a new password, and print it
  --help

Environment: REDIS_URL uses that Redis instead of starting one.
`;

await runConsole({
  root: fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, ""),
  argv: process.argv.slice(2),
  variant: {
    name: "demo",
    help: HELP,
    nodeEnv: "production",
    prepare: async ({ root, state, stores, step }) => {
      const { children, stateDir } = state;
      const { env, postgres, ownerUrl, python } = stores;
      await step("production build", (detail) => buildApp({ root, children, env, detail }));
      await step("migrations", (detail) => migrate({ root, children, env, ownerUrl, detail }));
      await step("sandbox warehouse", async (detail) =>
        detail(await seedOrRefresh({ root, children, env, stateDir, postgres })),
      );
      await step("first dbt run", (detail) =>
        runDbtFirst({ root, children, env, stateDir, postgres, python, detail }),
      );
    },
    commands: (port) => ({
      web: ["node_modules/next/dist/bin/next", "start", "-H", "127.0.0.1", "-p", String(port)],
      worker: [...WORKER_FLAGS, "dist/worker.mjs"],
    }),
  },
});
