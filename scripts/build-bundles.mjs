#!/usr/bin/env node
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { bundleSupervisor } from "./stack/bundle-supervisor.mjs";

const ENTRY_POINTS = {
  worker: "jobs/worker/main.ts",
  "make-admin": "scripts/people/make-admin.ts",
  "sandbox/stats-source": "sandbox/stats-source/server.ts",
  "sandbox/seed": "sandbox/warehouse/seed.ts",
  "sandbox/ecs": "sandbox/ecs/server.ts",
  "sandbox/dashboard": "sandbox/dashboard/server.ts",
};

const root = fileURLToPath(new URL("..", import.meta.url));
const outdir = process.env.BUNDLES_DIR ?? "dist";

// Packages stay outside: they find drivers, scripts and WebAssembly beside their own files.
const programs = build({
  absWorkingDir: root,
  entryPoints: ENTRY_POINTS,
  outdir,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  packages: "external",
  sourcemap: true,
  tsconfig: "tsconfig.json",
  logLevel: "warning",
});
await Promise.all([programs, bundleSupervisor(`${outdir}/supervisor.cjs`)]).catch(() => {
  // esbuild has printed what is wrong and where.
  process.exitCode = 1;
});
