import type { LogLine } from "@/lib/contracts/log";
import type { Db, DbOrTransaction } from "@/lib/db";

/** The holder of a run's claim; nobody else's lines go into its log. */
export type LogOwner = { runId: string; token: string };

/**
 * `stored` are the lines up to which the log now reaches, the batch's or those of an earlier attempt whose
 * answer was lost; `lost` is a claim that someone else has, or a run that has ended.
 */
export type StoreResult = { kind: "stored"; lastSeq: number } | { kind: "lost" };

/**
 * Stores one batch, numbered without a gap, and what the run's log then holds, in one statement. The batch must
 * continue where the log ends, and its writer must hold the claim: so whatever is sent twice, or by a worker
 * that was given up, leaves neither a gap nor a repeat. Inside a transaction nothing is thrown for it.
 */
export async function storeLogBatch(
  db: DbOrTransaction,
  { runId, token }: LogOwner,
  batch: readonly LogLine[],
  truncated: boolean,
): Promise<StoreResult> {
  const [first, last] = [batch[0], batch.at(-1)];
  if (!first || !last) return { kind: "stored", lastSeq: 0 };
  const lines = JSON.stringify(batch.map(({ at, channel, text }) => ({ at, channel, text })));
  const bytes = batch.reduce((sum, { text }) => sum + Buffer.byteLength(text) + 1, 0);
  const stored = await db.$executeRaw`
    with held as (
      update backcourt.run
      set log_lines = ${last.seq}, log_bytes = log_bytes + ${bytes}, log_truncated = log_truncated or ${truncated}
      where id = ${runId}::uuid and claim_token = ${token}::uuid and log_lines = ${first.seq - 1}
      returning id)
    insert into backcourt.log_chunk (run_id, first_seq, last_seq, bytes, lines)
    select id, ${first.seq}, ${last.seq}, ${bytes}, ${lines}::jsonb from held`;
  if (stored === 1) return { kind: "stored", lastSeq: last.seq };
  return readHowFar(db, { runId, token }, first.seq);
}

async function readHowFar(
  db: Pick<Db, "$queryRaw">,
  { runId, token }: LogOwner,
  firstSeq: number,
): Promise<StoreResult> {
  const rows = await db.$queryRaw<{ lastSeq: number }[]>`
    select log_lines as "lastSeq" from backcourt.run
    where id = ${runId}::uuid and claim_token = ${token}::uuid and log_lines >= ${firstSeq}`;
  const [row] = rows;
  return row ? { kind: "stored", lastSeq: row.lastSeq } : { kind: "lost" };
}
