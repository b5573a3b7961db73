import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ExplainedError } from "./explained-error.mjs";
import { findOnPath } from "./find-on-path.mjs";
import { installFromPyPi, makeEnvironment, PATIENT, pythonVersion } from "./python.mjs";

/**
 * A virtual environment with moto, an ECS that is not ours; made once for each content of the file. For tests.
 * @param {{ children: import("./child-processes.mjs").ChildProcesses, cacheDir: string, requirements: string }} options
 * @returns {Promise<string>} its python
 */
export async function ensureMoto({ children, cacheDir, requirements }) {
  const python = findOnPath(["python3"]);
  if (!python) throw new ExplainedError("python3 is missing", { why: "moto is a Python program." });
  const key = createHash("sha256")
    .update(pythonVersion(python))
    .update(readFileSync(requirements))
    .digest("hex")
    .slice(0, 12);
  const folder = join(cacheDir, `moto-${key}`);
  if (!existsSync(folder)) {
    mkdirSync(cacheDir, { recursive: true });
    await makeEnvironment(folder, (work) =>
      installFromPyPi({
        children,
        name: "moto",
        python,
        work,
        files: [requirements],
        cacheDir,
        pipOptions: PATIENT,
      }),
    );
  }
  return join(folder, "bin/python");
}
