/** The streams that this process has open, so that its end can close them: Next does not exit while one is. */
export type OpenStreams = {
  /** Registers the way to end a stream; call the returned function when it has ended. */
  add(end: () => void): () => void;
};

/** Ends every open stream on SIGTERM and SIGINT. */
export function createOpenStreams(): OpenStreams {
  const open = new Set<() => void>();
  const endAll = () => {
    for (const end of [...open]) end();
  };
  process.once("SIGTERM", endAll);
  process.once("SIGINT", endAll);
  return {
    add(end) {
      open.add(end);
      return () => open.delete(end);
    },
  };
}
