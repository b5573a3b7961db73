import { WarehouseError } from "./warehouse-error";

export type Read<Value> = {
  value: Value;
  /** Why `value` is an older one; null when it was read for this request. */
  failure: WarehouseError | null;
};

export type LastKnown<Key, Value> = {
  /**
   * Reads now, together with all who ask for the same key meanwhile; when the warehouse gives no answer, the
   * value read last.
   * @throws whatever reading threw, when nothing is known or the warehouse was not to blame
   */
  read(key: Key): Promise<Read<Value>>;
  /** Those who ask from now on do not join a reading that has begun already. */
  forgetUnderWay(): void;
};

/** Shares readings and keeps the last good value of the `kept` keys asked for last. */
export function createLastKnown<Key, Value>(
  kept: number,
  load: (key: Key) => Promise<Value>,
): LastKnown<Key, Value> {
  const underWay = new Map<Key, Promise<Read<Value>>>();
  const known = new Map<Key, { value: Value; turn: number }>();
  let turns = 0;

  function keep(key: Key, value: Value, turn: number): void {
    // A reading that began earlier and ended later must not win.
    if ((known.get(key)?.turn ?? -1) > turn) return;
    known.delete(key);
    known.set(key, { value, turn });
    for (const oldest of known.keys()) {
      if (known.size <= kept) break;
      known.delete(oldest);
    }
  }

  async function start(key: Key): Promise<Read<Value>> {
    const turn = turns++;
    try {
      const value = await load(key);
      keep(key, value, turn);
      return { value, failure: null };
    } catch (error) {
      const last = known.get(key);
      if (!last || !(error instanceof WarehouseError)) throw error;
      return { value: last.value, failure: error };
    }
  }

  return {
    read(key) {
      const joined = underWay.get(key);
      if (joined) return joined;
      const reading = start(key).finally(() => {
        if (underWay.get(key) === reading) underWay.delete(key);
      });
      underWay.set(key, reading);
      return reading;
    },
    forgetUnderWay: () => underWay.clear(),
  };
}
