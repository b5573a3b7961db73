import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleSupervisor } from "../../scripts/stack/bundle-supervisor.mjs";

export interface TestSupervision {
  /** The supervisor's bundle, of the sources as they are now. */
  bundle: string;
  /** A state folder of the test's own. */
  stateFolder: string;
  /** The processes that run this bundle. */
  pids(): number[];
  remove(): void;
}

/** What a worker needs to start programs in a test. */
export async function prepareSupervision(): Promise<TestSupervision> {
  const folder = mkdtempSync(join(tmpdir(), "backcourt-test-"));
  const bundle = join(folder, "supervisor.cjs");
  await bundleSupervisor(bundle);
  return {
    bundle,
    stateFolder: folder,
    pids: () =>
      readdirSync("/proc")
        .map(Number)
        .filter((pid) => pid > 0 && readCommand(pid).includes(bundle)),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Empty for a process that has ended. */
function readCommand(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}
