#!/usr/bin/env node
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const ENTRY_POINTS = {
  worker: "jobs/worker/main.ts",
  "sandbox/stats-source": "sandbox/stats-source/server.ts",
  "sandbox/seed": "sandbox/warehouse/seed.ts",
  "sandbox/ecs": "sandbox/ecs/server.ts",
  "sandbox/dashboard": "sandbox/dashboard/server.ts",
};

// Packages stay outside: they find drivers, scripts and WebAssembly beside their own files.
await build({
  absWorkingDir: fileURLToPath(new URL("..", import.meta.url)),
  entryPoints: ENTRY_POINTS,
  outdir: "dist",
  outExtension: { ".js": ".mjs" },
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  packages: "external",
  sourcemap: true,
  tsconfig: "tsconfig.json",
  logLevel: "warning",
}).catch(() => {
  // esbuild has printed what is wrong and where.
  process.exitCode = 1;
});
