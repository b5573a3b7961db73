#!/usr/bin/env node
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const HELP = `Usage: npm run soak -- --minutes N [--seed TEXT]

Orders, cancels and reads runs for N minutes while worker, web, Redis, PostgreSQL and the programs themselves
are killed, stopped and started again at random, all on loopback and on throwaway stores. Then lets everything
settle and checks that nothing was lost, started twice, left behind, or read with a gap. Exit 1 if anything
was. Stops by itself; Ctrl-C stops everything. The same seed injects the same faults in the same order.
`;

const root = fileURLToPath(new URL("..", import.meta.url));
const args = process.argv.slice(2);
const minutes = Number(args[args.indexOf("--minutes") + 1]);
if (!args.includes("--minutes") || !(minutes > 0)) {
  process.stdout.write(HELP);
  process.exit(args.includes("--help") ? 0 : 2);
}
process.exitCode = await run(["scripts/test.mjs", "--only", "build"]);
if (process.exitCode === 0)
  process.exitCode = await run(["scripts/with-services.mjs", "npx", "tsx", "e2e/faults/soak.ts", ...args]);

/** @param {string[]} command @returns {Promise<number>} the exit code */
function run(command) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, command, { cwd: root, stdio: "inherit" });
    // The terminal's Ctrl-C reaches the child by itself; we wait until it has stopped everything.
    process.on("SIGINT", () => {});
    process.on("SIGTERM", () => child.kill("SIGTERM"));
    child.once("exit", (code) => resolve(code ?? 1));
  });
}
