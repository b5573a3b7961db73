#!/usr/bin/env node
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const HELP = `Usage: npm run bench [-- coverage|predictions|runs|readers]

Measures what docs/benchmarks.md states, on the production build and throwaway services: the season's
coverage and 200,000 predictions in a generated warehouse of ten seasons, what a person waits for in a real
Chromium, and 500 readers of one log. Takes about ten minutes for all of it, on an otherwise idle machine. Prints
Markdown tables.
`;

const BENCHMARKS = {
  coverage: "scripts/bench/coverage-bench.ts",
  predictions: "scripts/bench/predictions-bench.ts",
  runs: "scripts/bench/run-bench.ts",
  readers: "scripts/bench/readers-bench.ts",
};

const root = fileURLToPath(new URL("..", import.meta.url));
const wanted = process.argv.slice(2);
if (wanted.some((name) => !(name in BENCHMARKS))) {
  process.stdout.write(HELP);
  process.exit(wanted.includes("--help") ? 0 : 1);
}
run(["scripts/test.mjs", "--only", "build"]);
for (const [name, file] of Object.entries(BENCHMARKS)) {
  if (wanted.length === 0 || wanted.includes(name)) {
    console.log(`\n## ${name}\n`);
    run(["scripts/with-services.mjs", "npx", "tsx", file]);
  }
}

/** @param {string[]} args */
function run(args) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
