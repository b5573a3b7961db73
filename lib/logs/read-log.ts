import { z } from "zod";
import { LOG_CHANNELS, type LogLine } from "@/lib/contracts/log";
import type { Db } from "@/lib/db";

const storedLinesSchema = z.array(
  z.object({ at: z.iso.datetime(), channel: z.enum(LOG_CHANNELS), text: z.string() }),
);

type ChunkRow = { firstSeq: number; lines: unknown };

/** Lines of a run after `after`, in order, at most `limit` and at least one whole chunk when there is any. */
export async function readLogLines(db: Db, runId: string, after: number, limit: number): Promise<LogLine[]> {
  const rows = await db.$queryRaw<ChunkRow[]>`
    select first_seq as "firstSeq", lines from backcourt.log_chunk
    where run_id = ${runId}::uuid and last_seq > ${after} and first_seq <= ${after + limit}
    order by last_seq`;
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
