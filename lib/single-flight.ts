/** Shares one call under way among all who ask for the same key meanwhile; nothing is kept afterwards. */
export function singleFlight<Key, Value>(load: (key: Key) => Promise<Value>): (key: Key) => Promise<Value> {
  const underWay = new Map<Key, Promise<Value>>();
  return (key) => {
    const known = underWay.get(key);
    if (known) return known;
    const loading = load(key).finally(() => underWay.delete(key));
    underWay.set(key, loading);
    return loading;
  };
}
