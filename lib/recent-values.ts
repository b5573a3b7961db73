/** Values that are kept for a short while. */
export type RecentValues<Key, Value> = {
  /** Undefined once it is too old, or was never set. */
  get(key: Key): Value | undefined;
  set(key: Key, value: Value): void;
};

/** Keeps each value for `keepMs` milliseconds of `clock`, which only goes forward; of `most` keys, the latest. */
export function createRecentValues<Key, Value>({
  keepMs,
  most,
  clock,
}: {
  keepMs: number;
  most: number;
  clock(): number;
}): RecentValues<Key, Value> {
  const kept = new Map<Key, { value: Value; at: number }>();
  return {
    get(key) {
      const found = kept.get(key);
      return found && clock() - found.at < keepMs ? found.value : undefined;
    },
    set(key, value) {
      kept.delete(key);
      kept.set(key, { value, at: clock() });
      for (const oldest of kept.keys()) {
        if (kept.size <= most) break;
        kept.delete(oldest);
      }
    },
  };
}
