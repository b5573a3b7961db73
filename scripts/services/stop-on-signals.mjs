import { explain } from "./explained-error.mjs";

// npm passes a Ctrl-C on to its child, which the terminal has already told: one press arrives twice.
const SAME_PRESS_MS = 700;
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

/**
 * Stops the children on SIGINT, SIGTERM, SIGHUP and on an error nobody caught, then exits. A second
 * Ctrl-C kills them at once.
 * @param {import("./child-processes.mjs").ChildProcesses} children
 * @param {{ exitCode?: () => number | undefined, say?: (line: string) => void, cleanUp?: () => void }} [options]
 *   exitCode may replace the signal's own; cleanUp runs at the very end, however this process ends
 */
export function stopOnSignals(
  children,
  { exitCode = () => undefined, say = console.log, cleanUp = () => {} } = {},
) {
  let firstAt = 0;

  /** @param {number} code */
  async function stopAndExit(code) {
    await children.stopAll();
    process.exit(code);
  }

  for (const [signal, code] of Object.entries(EXIT_CODES)) {
    process.on(signal, () => {
      if (firstAt && Date.now() - firstAt < SAME_PRESS_MS) return;
      if (firstAt) process.exit(code);
      firstAt = Date.now();
      say("Stopping (Ctrl-C again to kill at once)");
      void stopAndExit(exitCode() ?? code);
    });
  }
  process.on("uncaughtException", (error) => {
    if (!children.isStopping()) console.error(explain(error));
    void stopAndExit(1);
  });
  process.on("exit", () => {
    children.killAll();
    cleanUp();
  });
}
