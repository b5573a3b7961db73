import { existsSync } from "node:fs";
import type { Program } from "./executor-types";

/** Why a program could not be started, for a person, by the system's code. */
export function spawnFailure(
  { code, message }: { code?: string; message: string },
  { argv, cwd }: Pick<Program, "argv" | "cwd">,
): string {
  if (code === "ENOENT") {
    return existsSync(cwd)
      ? `The program ${argv[0]} does not exist on the worker's machine.`
      : `The program's folder ${cwd} does not exist on the worker's machine.`;
  }
  if (code === "EACCES") return `The program ${argv[0]} may not be executed by the worker's user.`;
  return `${argv[0]} could not be started: ${message}`;
}
