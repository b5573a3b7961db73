import { z } from "zod";
import { WarehouseError } from "./warehouse-error";
import type { WarehousePool } from "./warehouse-pool";

/**
 * What the warehouse shows at a moment, by name: two equal marks have the same committed rows behind them. On
 * a primary that is the snapshot of its transactions, on a standby the place up to which it has replayed. A
 * table that somebody holds exclusively changes the mark too, because reading it would fail.
 */
const MARK = `select concat_ws(' ', pg_postmaster_start_time(),
  case when pg_is_in_recovery() then pg_last_wal_replay_lsn()::text else txid_current_snapshot()::text end,
  (select string_agg(distinct relation::text, ',') from pg_locks where mode = 'AccessExclusiveLock')) as mark`;

const markRow = z.object({ mark: z.string() });

export type UnlessUnchanged<Key, Value> = {
  /** Gives what was measured last while the warehouse still shows the same, else what `measure` gives now. */
  read(
    key: Key,
    /** What the value depends on beside the warehouse's rows; compared by identity. */
    circumstances: readonly unknown[],
    measure: () => Promise<Value>,
  ): Promise<Value>;
  /** Resolves once it is decided of every value whether it is kept. */
  idle(): Promise<void>;
};

type Kept<Value> = { mark: string; circumstances: readonly unknown[]; value: Value };

/**
 * Spares a warehouse that rests: one short statement in place of a measurement. A value is kept only when
 * nothing was committed while it was measured, and the `kept` keys asked for last have one.
 */
export function createUnlessUnchanged<Key, Value>(
  pool: WarehousePool,
  kept: number,
): UnlessUnchanged<Key, Value> {
  const known = new Map<Key, Kept<Value>>();
  const beingKept = new Map<Key, Promise<void>>();

  const keep = async (key: Key, entry: Kept<Value>): Promise<void> => {
    const after = await readMark(pool).catch(() => null);
    if (after !== entry.mark) return;
    known.delete(key);
    known.set(key, entry);
    for (const oldest of known.keys()) {
      if (known.size <= kept) break;
      known.delete(oldest);
    }
  };

  const read: UnlessUnchanged<Key, Value>["read"] = async (key, circumstances, measure) => {
    await beingKept.get(key);
    const mark = await readMark(pool);
    const last = known.get(key);
    known.delete(key);
    if (last && last.mark === mark && isSame(last.circumstances, circumstances)) {
      known.set(key, last);
      return last.value;
    }
    const value = await measure();
    // Behind the answer: a commit that comes in between costs a measurement, never the truth.
    if (mark !== null) {
      const keeping = keep(key, { mark, circumstances, value }).finally(() => {
        if (beingKept.get(key) === keeping) beingKept.delete(key);
      });
      beingKept.set(key, keeping);
    }
    return value;
  };

  return {
    read,
    async idle() {
      await Promise.all(beingKept.values());
    },
  };
}

/** Null where the server has no such functions: then everything is measured. */
async function readMark(pool: WarehousePool): Promise<string | null> {
  try {
    const [row] = await pool.query({ tables: [], text: MARK }, markRow);
    return row?.mark ?? null;
  } catch (error) {
    if (error instanceof WarehouseError && (error.sqlState === "42883" || error.reason === "refused"))
      return null;
    throw error;
  }
}

function isSame(some: readonly unknown[], others: readonly unknown[]): boolean {
  return some.length === others.length && some.every((value, at) => Object.is(value, others[at]));
}
