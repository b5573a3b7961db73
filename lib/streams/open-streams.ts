/** The streams that this process has open, so that its end can close them: Next does not exit while one is. */
export type OpenStreams = {
  /** Registers the way to end a stream; call the returned function when it has ended. Ends it at once in a process that ends. */
  add(end: () => void, owner?: string): () => void;
  /** How many are open, of all or of one owner. */
  count(owner?: string): number;
};

type Process = {
  once(signal: "SIGTERM" | "SIGINT", listener: () => void): unknown;
  exit(code: number): void;
};

/** A reader that takes nothing, or a download, would hold up the exit for as long as it likes. */
const EXIT_AT_LATEST_MS = 4_000;

/** Ends every open stream on SIGTERM and SIGINT, and the process four seconds later if it has not ended by itself. */
export function createOpenStreams(host: Process = process): OpenStreams {
  const open = new Map<() => void, string | undefined>();
  let ending = false;
  const endAll = (exitCode: number) => {
    if (ending) return;
    ending = true;
    for (const end of [...open.keys()]) end();
    setTimeout(() => host.exit(exitCode), EXIT_AT_LATEST_MS).unref();
  };
  // The codes that Next itself exits with.
  host.once("SIGTERM", () => endAll(143));
  host.once("SIGINT", () => endAll(130));
  return {
    add(end, owner) {
      open.set(end, owner);
      if (ending) end();
      return () => open.delete(end);
    },
    count: (owner) =>
      owner === undefined ? open.size : [...open.values()].filter((other) => other === owner).length,
  };
}
