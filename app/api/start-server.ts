import { EnvironmentError } from "@/lib/env";
import { getServer } from "./server";

/** Opens the process's connections before its first request; ends the process when it cannot be configured. */
export function startServerOrExit(): void {
  try {
    getServer();
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
