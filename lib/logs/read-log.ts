import { z } from "zod";
import { LOG_CHANNELS, type LogLine } from "@/lib/contracts/log";
import type { Db } from "@/lib/db";
import { LOG_LIMITS } from "@/lib/runs/tunables";

const storedLinesSchema = z.array(
  z.object({ at: z.iso.datetime(), channel: z.enum(LOG_CHANNELS), text: z.string() }),
);

type ChunkRow = { firstSeq: number; lines: unknown };

/**
 * Lines of a run after `after`, in order, at most `limit`. Fewer where they would take more than about a
 * megabyte, but never none when there is any: whoever wants all of them goes on behind the last one.
 */
export async function readLogLines(db: Db, runId: string, after: number, limit: number): Promise<LogLine[]> {
  const rows = await db.$queryRaw<ChunkRow[]>`
    select first_seq as "firstSeq", lines
    from (
      select first_seq, lines, sum(bytes) over (order by last_seq) - bytes as before
      from backcourt.log_chunk
      where run_id = ${runId}::uuid and first_seq <= ${after + limit}
        and last_seq > ${after} and last_seq <= ${after + limit + LOG_LIMITS.batchLines}) as chunk
    where before < ${LOG_LIMITS.pageBytes}
    order by first_seq`;
  const lines: LogLine[] = [];
  for (const row of rows) {
    for (const [offset, line] of storedLinesSchema.parse(row.lines).entries()) {
      const seq = row.firstSeq + offset;
      if (seq > after && seq <= after + limit) lines.push({ seq, ...line });
    }
  }
  return lines;
}

/** The whole log as text, a page at a time, each line ended by LF. */
export async function* rawLog(db: Db, runId: string): AsyncGenerator<string> {
  for (let after = 0; ; ) {
    const lines = await readLogLines(db, runId, after, 2_000);
    const last = lines.at(-1);
    if (!last) return;
    yield lines.map((line) => `${line.text}\n`).join("");
    after = last.seq;
  }
}
