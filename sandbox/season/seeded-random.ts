/** FNV-1a, 32 bits: the same text gives the same number on every machine. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    hash ^= text.charCodeAt(at);
    hash = Math.imul(hash, 0x01000193);
  }
  return hash >>> 0;
}

/** Draws that repeat themselves for the same seed. */
export interface SeededRandom {
  /** Uniform in [0, 1). */
  next(): number;
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  /** One entry, each as likely as its weight. Throws on an empty list. */
  weighted<T>(entries: readonly T[], weightOf: (entry: T) => number): T;
  /** A shuffled copy. */
  shuffle<T>(entries: readonly T[]): T[];
}

/** A mulberry32 generator seeded with any text. */
export function seededRandom(seed: string): SeededRandom {
  let state = hashText(seed);
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    between,
    weighted(entries, weightOf) {
      let left = next() * entries.reduce((sum, entry) => sum + weightOf(entry), 0);
      for (const entry of entries) {
        left -= weightOf(entry);
        if (left < 0) return entry;
      }
      const last = entries.at(-1);
      if (last === undefined) throw new Error("cannot draw from an empty list");
      return last;
    },
    shuffle(entries) {
      return entries
        .map((entry) => ({ entry, key: next() }))
        .sort((one, other) => one.key - other.key)
        .map(({ entry }) => entry);
    },
  };
}
