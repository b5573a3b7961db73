import { ERROR_LINE_PATTERN, type LogSearch, type LogSearchRequest } from "@/lib/contracts/log";
import type { Db } from "@/lib/db";
import { Prisma } from "@/lib/generated/prisma/client";
import { LOG_LIMITS } from "@/lib/runs/tunables";

/** Lines that one statement looks at. */
const STEP = 20_000;
const LISTED = 5_000;
const PATIENCE_MS = 5_000;

type SearchOptions = {
  db: Db;
  runId: string;
  /** The last stored line: those that come meanwhile are not looked at. */
  logLines: number;
  wanted: LogSearchRequest;
  signal: AbortSignal;
  /** Milliseconds of a clock that only goes forward. */
  clock(): number;
};

/**
 * The lines of a log that hold a text, or that report an error, found by the database some thousand lines at a
 * time. Ends early after five seconds, or when nobody waits for it any more, and then says how far it came.
 */
export async function searchLog({
  db,
  runId,
  logLines,
  wanted,
  signal,
  clock,
}: SearchOptions): Promise<LogSearch> {
  const deadline = clock() + PATIENCE_MS;
  const matches = matchSql(wanted);
  const seqs: number[] = [];
  let total = 0;
  let through = Math.min(wanted.after, logLines);
  while (through < logLines && clock() < deadline && !signal.aborted) {
    const end = Math.min(through + STEP, logLines);
    const [row] = await db.$queryRaw<{ found: number[] | null }[]>`
      select array_agg(seq order by seq) filter (where ${matches}) as found
      from (
        select (first_seq + at - 1)::int as seq,
          regexp_replace(line ->> 'text', '\\u001b\\[[0-?]*[ -/]*[@-~]', '', 'g') as text
        from backcourt.log_chunk, jsonb_array_elements(lines) with ordinality as element (line, at)
        where run_id = ${runId}::uuid and first_seq <= ${end}
          and last_seq > ${through} and last_seq <= ${end + LOG_LIMITS.batchLines}) as line
      where seq > ${through} and seq <= ${end}`;
    const found = row?.found ?? [];
    total += found.length;
    seqs.push(...found.slice(0, LISTED - seqs.length));
    through = end;
  }
  return { total, seqs, truncated: total > seqs.length || through < logLines, through };
}

function matchSql({ q }: LogSearchRequest): Prisma.Sql {
  if (q === undefined) return Prisma.sql`text ~ ${ERROR_LINE_PATTERN}`;
  return Prisma.sql`strpos(lower(text), lower(${q})) > 0`;
}
