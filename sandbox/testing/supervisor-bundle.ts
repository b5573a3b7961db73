import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleSupervisor } from "../../scripts/stack/bundle-supervisor.mjs";

export interface TestSupervision {
  /** The supervisor's bundle, of the sources as they are now. */
  bundle: string;
  /** A state folder of the test's own. */
  stateFolder: string;
  remove(): void;
}

/** What a worker needs to start programs in a test. */
export async function prepareSupervision(): Promise<TestSupervision> {
  const folder = mkdtempSync(join(tmpdir(), "backcourt-test-"));
  const bundle = join(folder, "supervisor.cjs");
  await bundleSupervisor(bundle);
  return { bundle, stateFolder: folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
