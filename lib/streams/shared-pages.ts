import type { LogLine } from "@/lib/contracts/log";
import { singleFlight } from "@/lib/single-flight";

type ReadLines = (runId: string, after: number, limit: number) => Promise<LogLine[]>;

/** What is kept for the readers that are a little behind the first one, in characters of text. */
const KEPT_CHARACTERS = 4 * 1024 * 1024;
const LINE_OVERHEAD = 100;

/**
 * Pages of logs, read once for all who are at the same place: those who ask meanwhile share the query, those
 * who ask soon afterwards get the very same array, even when the log has grown since. So readers of one log
 * keep in step, however many they are, and what is derived from a page can be shared as well.
 */
export function createSharedPages(readLines: ReadLines): ReadLines {
  const kept = new Map<string, { lines: LogLine[]; cost: number }>();
  let cost = 0;

  const keep = (place: string, lines: LogLine[]) => {
    if (lines.length === 0) return;
    const page = { lines, cost: lines.reduce((sum, { text }) => sum + text.length + LINE_OVERHEAD, 0) };
    kept.set(place, page);
    cost += page.cost;
    for (const [oldest, { cost: freed }] of kept) {
      if (cost <= KEPT_CHARACTERS) break;
      kept.delete(oldest);
      cost -= freed;
    }
  };
  const load = singleFlight(async (place: string) => {
    const [runId = "", after = "0", limit = "0"] = place.split(" ");
    const lines = await readLines(runId, Number(after), Number(limit));
    keep(place, lines);
    return lines;
  });
  return (runId, after, limit) => {
    const place = `${runId} ${after} ${limit}`;
    const known = kept.get(place);
    return known ? Promise.resolve(known.lines) : load(place);
  };
}
