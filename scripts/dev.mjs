#!/usr/bin/env node
import { fileURLToPath } from "node:url";
import { buildBundles, generateClient } from "./stack/build-app.mjs";
import { migrate } from "./stack/databases.mjs";
import { runDbtFirst } from "./stack/first-dbt-run.mjs";
import { runConsole } from "./stack/run-console.mjs";
import { seedOrRefresh } from "./stack/sandbox.mjs";

const HELP = `Usage: npm run dev [-- OPTIONS]

Like npm run demo, for development: the web reloads as files change, and the worker starts again. Its
data are its own (.backcourt/dev). After a change of prisma/ or sandbox/, start it again.

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
    name: "dev",
    help: HELP,
    nodeEnv: "development",
    prepare: async ({ root, state, stores, step }) => {
      const { children, stateDir } = state;
      const { env, postgres, ownerUrl, python } = stores;
      await step("Prisma client and bundles", async () => {
        await generateClient({ root, children, env });
        await buildBundles({ root, children, env });
      });
      await step("migrations", (detail) => migrate({ root, children, env, ownerUrl, detail }));
      await step("sandbox warehouse", async (detail) =>
        detail(await seedOrRefresh({ root, children, env, stateDir, postgres })),
      );
      await step("first dbt run", (detail) =>
        runDbtFirst({ root, children, env, stateDir, postgres, python, detail }),
      );
    },
    commands: (port) => ({
      web: ["node_modules/next/dist/bin/next", "dev", "-H", "127.0.0.1", "-p", String(port)],
      worker: ["node_modules/tsx/dist/cli.mjs", "watch", "--clear-screen=false", "jobs/worker/main.ts"],
    }),
  },
});
