import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/**
 * Bundles the supervisor of a run's program: CommonJS, without packages and small, since one is started for each
 * run and is waited for.
 * @param {string} outfile
 */
export async function bundleSupervisor(outfile) {
  await build({
    absWorkingDir: fileURLToPath(new URL("../..", import.meta.url)),
    entryPoints: ["lib/executors/supervisor/main.ts"],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    minify: true,
    tsconfig: "tsconfig.json",
    logLevel: "warning",
  });
}
