const listeners = new Set<() => void>();
let ended = false;

/** Whether this page's session is over: the server has said so, and nobody has signed in again since. */
export function sessionEnded(): boolean {
  return ended;
}

export function onSessionEnded(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Notes what the server said of the session; whoever shows it hears of it. */
export function noteSession(is: "ended" | "begun"): void {
  const now = is === "ended";
  if (now === ended) return;
  ended = now;
  for (const listener of listeners) listener();
}
