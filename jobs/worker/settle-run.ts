import { abandonWhenAborted } from "@/lib/abandon-when-aborted";
import { isDatabaseAway } from "@/lib/database-away";
import { errorText, isAppError } from "@/lib/errors";
import { endTree } from "@/lib/executors/end-tree";
import { isAlive } from "@/lib/executors/process-identity";
import { findProcessesOfRun } from "@/lib/executors/processes-of-run";
import { readRecord } from "@/lib/executors/supervisor/read-record";
import type { RunRecord } from "@/lib/executors/supervisor/run-record";
import { readLogLines } from "@/lib/logs/read-log";
import { recoverSpool } from "@/lib/logs/recover-spool";
import { retryWhileDatabaseIsAway } from "@/lib/retry-while-away";
import { type Claim, startVerifying } from "@/lib/runs/run-lifecycle";
import { runFolderOf } from "@/lib/runs/state-folder";
import { TUNABLES } from "@/lib/runs/tunables";
import { ClaimedRun, type ExecutionContext, type Outcome, spoolFileIn } from "./claimed-run";
import { type LostProgram, readLostProgram } from "./lost-program";
import type { AfterwardsOf, Explanation, RunHandler } from "./run-handler";

/** A run's kind as this worker knows it; null for parameters or a kind of another version. */
type Known<Params, Measurement, Details> = {
  params: Params;
  handler: RunHandler<Params, Measurement, Details>;
} | null;

/**
 * Brings a run to its terminal record whose worker was lost; `claim` is the settler's own. First its processes
 * on this machine and its sessions in the warehouse are ended, for the record frees its lock; then it is judged
 * by its effect, where what is needed for that is still there. Nothing is started again.
 */
export async function settleRun<Params, Measurement, Details>(
  context: ExecutionContext,
  claim: Claim,
  known: Known<Params, Measurement, Details>,
): Promise<void> {
  const { db, logger, sleep, stateFolder } = context;
  const { run, token } = claim;
  const onRetry = (error: unknown) =>
    logger.warn({ runId: run.id, reason: errorText(error) }, "settling waits for the database");
  const folder = runFolderOf(stateFolder, run.id);
  await retryWhileDatabaseIsAway(() => recoverSpool(db, { runId: run.id, token }, spoolFileIn(folder)), {
    sleep,
    onRetry,
  });
  const { logLines, logBytes } = await retryWhileDatabaseIsAway(
    () => db.run.findUniqueOrThrow({ where: { id: run.id }, select: { logLines: true, logBytes: true } }),
    { sleep, onRetry },
  );
  const held = new ClaimedRun(context, { run: { ...run, logLines, logBytes }, token });
  let isHeld = true;
  const letGo = held.keepAlive({
    onLost: () => {
      isHeld = false;
    },
    onCancelled: () => undefined,
  });
  try {
    held.say(`its worker ${run.worker ?? ""} was lost; settling`);
    const program = await endProgram(held);
    const sessions = known ? await endLeftSessions(held, known.handler) : null;
    const outcome = await judgeLost(held, program, known);
    if (!isHeld) return;
    await held.finish({ ...outcome, outcome: [outcome.outcome, sessions].filter(Boolean).join(" ") });
  } finally {
    letGo();
  }
}

/** Sees to it that none of its processes lives on this machine, and says what is known of the program. */
async function endProgram(held: ClaimedRun): Promise<LostProgram> {
  const { context, claim, folder } = held;
  const { id: runId, programHost, worker } = claim.run;
  if (programHost !== null && programHost !== context.host) {
    held.say(`it ran on ${programHost}: only a worker there could see what became of its program`);
    return readLostProgram(null);
  }
  const before = await readRecord(folder);
  const group = groupOf(runId, before);
  const left = findProcessesOfRun(runId, group).length;
  if (left > 0) held.say(`ending ${left} of its processes, which ${worker ?? "its worker"} left behind`);
  await endTree({
    runId,
    group,
    hasEnded: () => true,
    stepMs: TUNABLES.stopStepMs,
    sleep: context.sleep,
  });
  const rest = findProcessesOfRun(runId, group).length;
  if (rest > 0) held.say(`${rest} of its processes cannot be ended`);
  const found = readLostProgram(await readRecord(folder));
  const endedHere = left > 0 && (before?.ended ?? null) === null;
  const program = endedHere
    ? {
        ...found,
        endedBefore: false,
        text: "What was left of the program was ended when the run was settled.",
      }
    : found;
  held.say(program.text);
  return program;
}

/** Only as long as one of its processes holds the number of the group: later it may be anybody's. */
function groupOf(runId: string, record: RunRecord | null): number | null {
  const program = record?.program;
  if (!program) return null;
  const isHeld = isAlive(program) || findProcessesOfRun(runId).some(({ group }) => group === program.pid);
  return isHeld ? program.pid : null;
}

/** What has to be said about its sessions in the warehouse; null when there are none left. */
async function endLeftSessions<Params, Measurement, Details>(
  held: ClaimedRun,
  { endSessions }: RunHandler<Params, Measurement, Details>,
): Promise<string | null> {
  if (!endSessions) return null;
  const { id: runId, cwd } = held.claim.run;
  const signal = AbortSignal.timeout(TUNABLES.settleSessionsMs);
  for (let problem = "no answer in time"; ; ) {
    try {
      const ended = await abandonWhenAborted(endSessions({ runId, cwd }), signal);
      if (ended) held.say(`ended ${ended} of its sessions in the warehouse`);
      return null;
    } catch (error) {
      if (!signal.aborted) problem = errorText(error);
      if (signal.aborted) {
        held.say(`it could not be seen whether its sessions in the warehouse have ended: ${problem}`);
        return "Whether its sessions in the warehouse have ended could not be seen.";
      }
      await held.context.sleep(TUNABLES.progressMs);
    }
  }
}

const SAFE_AGAIN = "Running it again is safe.";

async function judgeLost<Params, Measurement, Details>(
  held: ClaimedRun,
  program: LostProgram,
  known: Known<Params, Measurement, Details>,
): Promise<Outcome> {
  const { run } = held.claim;
  const { end, text } = program;
  const unjudged: Outcome = {
    state: "interrupted",
    outcome: `The worker was lost while this ran, and its effect was not measured. ${text} ${SAFE_AGAIN}`,
  };
  if (known === null || run.measuredBefore === null || !known.handler.recollect) return unjudged;
  await noteEnd(held, end);
  try {
    const { params, handler } = known;
    const details = await known.handler.recollect({
      runId: run.id,
      params,
      folder: held.folder,
      say: (line) => held.say(line),
      end,
      cutOffAt: program.cutOffAt,
    });
    return details === undefined
      ? unjudged
      : await judgeByEffect(held, program, { params, handler, details });
  } catch (error) {
    if (isDatabaseAway(error)) throw error;
    held.context.logger.error({ runId: run.id, err: error }, "a lost run could not be judged");
    return unjudged;
  }
}

async function judgeByEffect<Params, Measurement, Details>(
  held: ClaimedRun,
  { end, endedBefore, text }: LostProgram,
  {
    params,
    handler,
    details,
  }: { params: Params; handler: RunHandler<Params, Measurement, Details>; details: Details },
): Promise<Outcome> {
  const { run } = held.claim;
  const after = await measureInTime(held, params, handler);
  const explained = await explainFromLog(held, handler);
  const verdict = handler.judge({
    params,
    before: run.measuredBefore as Measurement,
    after,
    end,
    details,
    stopped: endedBefore ? null : "worker-lost",
    explainedBy: explained && { seq: explained.seq, text: explained.text },
  });
  const how = endedBefore
    ? "Its worker was lost meanwhile; the effect was measured afterwards."
    : `${text} ${SAFE_AGAIN}`;
  return { ...verdict, outcome: `${verdict.outcome.replace(/\.$/, "")}. ${how}` };
}

async function noteEnd({ context, claim }: ClaimedRun, end: LostProgram["end"]): Promise<void> {
  await startVerifying(context.db, {
    runId: claim.run.id,
    token: claim.token,
    exitCode: end.kind === "exited" ? end.exitCode : null,
    signal: end.kind === "signalled" ? end.signal : null,
  });
  void context.announce({ type: "run", runId: claim.run.id });
}

/** A warehouse that is slow to answer must not hold up the queue behind this run. */
async function measureInTime<Params, Measurement, Details>(
  held: ClaimedRun,
  params: Params,
  handler: RunHandler<Params, Measurement, Details>,
): Promise<AfterwardsOf<Measurement>> {
  held.say("verifying: measuring again");
  const signal = AbortSignal.timeout(TUNABLES.settleMeasureMs);
  try {
    return await abandonWhenAborted(handler.measure(params, signal), signal);
  } catch (error) {
    if (isAppError(error)) return { unmeasured: error.message };
    if (signal.aborted) return { unmeasured: "the warehouse gave no answer in time." };
    throw error;
  }
}

const PAGE_LINES = 5_000;

/** The line that explains a hole, among those that were stored before the worker was lost. */
async function explainFromLog<Params, Measurement, Details>(
  { context, claim }: ClaimedRun,
  handler: RunHandler<Params, Measurement, Details>,
): Promise<Explanation | null> {
  let explanation: Explanation | null = null;
  for (let after = 0; ; ) {
    const lines = await readLogLines(context.db, claim.run.id, after, PAGE_LINES);
    const last = lines.at(-1);
    if (!last) return explanation;
    for (const { seq, channel, text } of lines)
      if (channel !== "backcourt") explanation = handler.explain(explanation, { seq, text });
    after = last.seq;
  }
}
