import { networkOf } from "@/lib/auth/client-address";

/** How many refusals of one action, to callers whom nobody knows, are kept from one address in a minute; and of all. */
export const UNKNOWN_REFUSALS = { each: 60, all: 1_000 } as const;

const MINUTE_MS = 60_000;

export type RefusalBudget = {
  /** `last` is kept too, and says that what follows in this minute is not. */
  take(action: string, address: string | null): "kept" | "last" | "dropped";
};

/**
 * Keeps strangers from filling an audit out of which nobody can delete. Refusals to people and tokens are all
 * kept: who they are is known, and what they may order is limited elsewhere.
 * @param now milliseconds of a clock that only goes forward
 */
export function createRefusalBudget(now: () => number): RefusalBudget {
  let minute = Number.NaN;
  let all = 0;
  const each = new Map<string, number>();
  return {
    take(action, address) {
      const current = Math.floor(now() / MINUTE_MS);
      if (current !== minute) {
        minute = current;
        all = 0;
        each.clear();
      }
      if (all >= UNKNOWN_REFUSALS.all) return "dropped";
      const key = `${address === null ? "unknown" : networkOf(address)} ${action}`;
      const taken = (each.get(key) ?? 0) + 1;
      if (taken > UNKNOWN_REFUSALS.each) return "dropped";
      each.set(key, taken);
      all += 1;
      return taken === UNKNOWN_REFUSALS.each || all === UNKNOWN_REFUSALS.all ? "last" : "kept";
    },
  };
}
