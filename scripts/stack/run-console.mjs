import { relative } from "node:path";
import { parseArgs } from "node:util";
import { ExplainedError, explain } from "../services/explained-error.mjs";
import { findFreePort } from "../services/ports.mjs";
import { createSteps, formatDuration } from "../services/steps.mjs";
import { stopOnSignals } from "../services/stop-on-signals.mjs";
import { consoleEnvironment } from "./console-environment.mjs";
import { ensureDemoAdmin, signInLines } from "./demo-admin.mjs";
import { openState } from "./open-state.mjs";
import { startStatsSource } from "./sandbox.mjs";
import { startDashboardSandbox } from "./sandbox-dashboard.mjs";
import { startStores } from "./start-stores.mjs";
import { untilHealthy, untilOneEnds } from "./watch-programs.mjs";

/** @typedef {import("./start-stores.mjs").State} State */
/** @typedef {import("./start-stores.mjs").Stores} Stores */
/** @typedef {{ name: string, args: string[] }} Program what node runs */

const STATS_SOURCE_PORT = 58080;
const ECS_PORT = 58180;
const DASHBOARD_PORT = 58280;

/**
 * @typedef {object} Variant what tells the demo from development
 * @property {"demo" | "dev"} name
 * @property {string} help
 * @property {"production" | "development"} nodeEnv
 * @property {(options: { root: string, state: State, stores: Stores, step: import("./start-stores.mjs").Step }) => Promise<void>} prepare
 *   builds, migrates and seeds
 * @property {(port: number) => { web: string[], worker: string[] }} commands what node runs as web and worker
 */

/**
 * The whole console beside its sandbox, until Ctrl-C: the body of `npm run demo` and `npm run dev`.
 * @param {{ root: string, argv: string[], variant: Variant }} options
 */
export async function runConsole({ root, argv, variant }) {
  let state;
  try {
    const { port, reset, newPassword, help } = parseOptions(argv);
    if (help) {
      process.stdout.write(variant.help);
      return;
    }
    const startedAt = performance.now();
    state = await openState({ root, name: variant.name, reset });
    await startAndStay({ root, state, variant, preferredPort: port, newPassword, startedAt });
  } catch (error) {
    if (state?.children.isStopping()) return;
    console.error(`\n${explain(error)}`);
    process.exitCode = 1;
    await state?.children.stopAll();
    state?.lock.release();
  }
}

/** @param {{ root: string, state: State, variant: Variant, preferredPort: number, newPassword: boolean, startedAt: number }} options */
async function startAndStay({ root, state, variant, preferredPort, newPassword, startedAt }) {
  let ready = false;
  const { step, say } = createSteps();
  stopOnSignals(state.children, {
    say,
    exitCode: () => (ready ? 0 : undefined),
    cleanUp: state.lock.release,
  });

  const stores = await startStores({ root, state, step });
  await variant.prepare({ root, state, stores, step });
  const admin = await step("admin", () =>
    ensureDemoAdmin({
      root,
      children: state.children,
      env: stores.env,
      consoleUrl: stores.consoleUrl,
      newPassword,
    }),
  );

  const port = await findFreePort(preferredPort);
  const url = `http://127.0.0.1:${port}`;
  await step("web, worker and sandbox", async () => {
    const programs = await startPrograms({ root, state, stores, variant, port });
    const ended = untilOneEnds(programs);
    // Whoever waits for it now, it is waited for again below.
    ended.catch(() => {});
    await Promise.race([untilHealthy(url, state.children.logDir), ended]);
    ended.catch((error) => process.emit("uncaughtException", error));
  });
  ready = true;
  state.lock.noteUrl(url);
  say(summary({ root, state, stores, variant, admin, url, took: performance.now() - startedAt }));
}

/** @param {{ root: string, state: State, stores: Stores, variant: Variant, port: number }} options */
async function startPrograms({ root, state, stores, variant, port }) {
  const { children, stateDir } = state;
  const sourcePort = await findFreePort(STATS_SOURCE_PORT);
  const dashboardPorts = {
    ecsPort: await findFreePort(ECS_PORT),
    pagePort: await findFreePort(DASHBOARD_PORT),
  };
  const place = { root, children, env: stores.env, stateDir, postgres: stores.postgres };
  const sandbox = [
    startStatsSource({ ...place, port: sourcePort }),
    startDashboardSandbox({ ...place, ...dashboardPorts }),
  ];
  const env = consoleEnvironment({
    root,
    state,
    stores,
    nodeEnv: variant.nodeEnv,
    port,
    sourcePort,
    dashboardPorts,
  });
  const commands = variant.commands(port);
  const start = (/** @type {"web" | "worker"} */ name) =>
    children.start({ name, command: process.execPath, args: commands[name], cwd: root, env: env[name] });
  return [...sandbox, start("worker"), start("web")];
}

/** @param {{ root: string, state: State, stores: Stores, variant: Variant, admin: { email: string, password: string | null }, url: string, took: number }} options */
function summary({ root, state, stores, variant, admin, url, took }) {
  const { postgres, redis } = stores;
  return [
    "",
    `  Backcourt is ready after ${formatDuration(took)}:  ${url}`,
    "",
    ...signInLines(admin, variant.name),
    "",
    "  running   web, worker, and the sandbox's stats source, ECS and dashboard",
    `            PostgreSQL 127.0.0.1:${postgres.port} (databases backcourt and warehouse), Redis 127.0.0.1:${redis.port}`,
    `  logs      ${relative(root, state.children.logDir)}`,
    `  data      ${postgres.place.elsewhere ? postgres.place.home : relative(root, state.stateDir)}`,
    "",
    `  Ctrl-C stops all of it. The data stay; npm run ${variant.name} -- --reset starts afresh.`,
    "",
  ].join("\n");
}

/** @param {string[]} argv @returns {{ port: number, reset: boolean, newPassword: boolean, help: boolean }} @throws {ExplainedError} */
function parseOptions(argv) {
  try {
    const { values } = parseArgs({
      args: argv,
      options: {
        port: { type: "string", default: "3000" },
        reset: { type: "boolean", default: false },
        "new-password": { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 1 || port > 65_535)
      throw new Error(`--port ${values.port} is no port`);
    return { port, reset: values.reset, newPassword: values["new-password"], help: values.help };
  } catch (cause) {
    throw new ExplainedError("The options cannot be understood", { cause, todo: "See them with --help." });
  }
}
