import type { RingDoorbell } from "@/jobs/queue";
import type { Db } from "@/lib/db";
import { errorText, isAppError } from "@/lib/errors";
import type { Announce } from "@/lib/events/channel";
import type { ProcessEnd } from "@/lib/executors/executor-types";
import type { GameDate } from "@/lib/game-date";
import type { Logger } from "@/lib/logger";
import { LogWriter, storeLogBatch } from "@/lib/logs/log-writer";
import type { Redact } from "@/lib/logs/redact";
import { LineSplitter } from "@/lib/logs/split-lines";
import { quoteArgv } from "@/lib/runs/quote-argv";
import { type Claim, type Ending, finishRun, heartbeatRun, startVerifying } from "@/lib/runs/run-lifecycle";
import { LOG_LIMITS, TUNABLES } from "@/lib/runs/tunables";
import type { AfterwardsOf, Explanation, RunHandler, StartedProgram, StopReason } from "./run-handler";
import { createRunNotes, type RunNotes } from "./run-notes";

export type ExecutionContext = {
  db: Db;
  announce: Announce;
  ring: RingDoorbell;
  redact: Redact;
  logger: Logger;
  now(): Date;
  sleep(ms: number): Promise<void>;
};

/** How a run ends, and the dates whose coverage that may have changed. */
type Outcome = Ending & { changedDates?: readonly GameDate[] };

/** A claimed run under way, and the way to end it from outside. */
export type RunInProgress = { done: Promise<void>; stop(reason: StopReason): void };

/**
 * Executes a claimed run to its terminal record: measure, run the program, measure again, judge. `stop` ends
 * the program's whole tree; the measurement and the record still follow.
 */
export function executeRun<Params, Measurement, Details>(
  context: ExecutionContext,
  claim: Claim,
  params: Params,
  handler: RunHandler<Params, Measurement, Details>,
): RunInProgress {
  const execution = new RunExecution(context, claim, params, handler);
  return { done: execution.run(), stop: (reason) => execution.stop(reason) };
}

class RunExecution<Params, Measurement, Details> {
  private readonly log: LogWriter;
  private stopped: StopReason | null = null;
  private program: StartedProgram<Details> | null = null;
  private readonly notes: RunNotes;
  private explanation: Explanation | null = null;

  constructor(
    private readonly context: ExecutionContext,
    private readonly claim: Claim,
    private readonly params: Params,
    private readonly handler: RunHandler<Params, Measurement, Details>,
  ) {
    const { db, announce, logger, redact, now, sleep } = context;
    const runId = claim.run.id;
    this.log = new LogWriter({
      db,
      runId,
      redact,
      now,
      sleep,
      from: { lines: claim.run.logLines, bytes: Number(claim.run.logBytes) },
      onStored: () => void announce({ type: "log", runId }),
      onRetry: (error) => logger.warn({ runId, err: error }, "log lines are kept until the database is back"),
    });
    this.notes = createRunNotes({ db, claim, announce, sleep });
  }

  stop(reason: StopReason): void {
    if (this.stopped !== null) return;
    this.stopped = reason;
    if (this.program === null) return;
    this.say(`ending the program: ${reason}`);
    this.program.stop().catch((error: unknown) => {
      this.context.logger.error({ runId: this.claim.run.id, err: error }, "the program could not be ended");
    });
  }

  async run(): Promise<void> {
    const { context, claim } = this;
    const heart = setInterval(() => void this.beat(), TUNABLES.heartbeatMs);
    const clock = setTimeout(() => this.stop("timed-out"), this.handler.timeoutMs);
    await context.announce({ type: "run", runId: claim.run.id });
    try {
      await this.finish(await this.perform());
    } finally {
      clearInterval(heart);
      clearTimeout(clock);
    }
  }

  private async perform(): Promise<Outcome> {
    const { run } = this.claim;
    this.say(`${run.attempt > 1 ? "taken up again, " : ""}run ${run.id.slice(-8)}: ${quoteArgv(run.argv)}`);
    const refusal = this.findRefusal() ?? (await this.handler.refusal?.(this.params)) ?? null;
    if (refusal) return { state: "refused", outcome: refusal };
    let before: Measurement;
    try {
      before = await this.measureBefore();
    } catch (error) {
      if (!isAppError(error)) throw error;
      return {
        state: "refused",
        outcome: `Nothing was started: the state before it could not be measured. ${error.message}`,
      };
    }
    if (this.stopped !== null) return this.endedBeforeStart(this.stopped);
    let program: StartedProgram<Details>;
    try {
      program = await this.startProgram();
    } catch (error) {
      if (!isAppError(error)) throw error;
      return { state: "refused", outcome: `Nothing was started. ${error.message}` };
    }
    const end = await program.ended;
    // A cancel that comes while the effect is measured is too late to have ended anything.
    const stopped = end.kind === "not-started" ? null : this.stopped;
    const { after, details } = await this.measureAfterwards(program, end);
    return this.handler.judge({
      params: this.params,
      before,
      after,
      end,
      details,
      stopped,
      explainedBy: this.explanation && { seq: this.explanation.seq, text: this.explanation.text },
    });
  }

  /** A run that is taken up again is compared with what its first worker measured. */
  private async measureBefore(): Promise<Measurement> {
    const { measuredBefore } = this.claim.run;
    if (measuredBefore !== null) return measuredBefore as Measurement;
    const before = await this.handler.measure(this.params);
    await this.notes.storeMeasuredBefore(before);
    return before;
  }

  /** The preview is the run: what was shown when it was ordered must be what this worker would do. */
  private findRefusal(): string | null {
    const { run } = this.claim;
    const plan = this.handler.plan(this.params);
    if (!plan)
      return "Nothing was started: this worker is not configured for it. Give web and worker the same configuration, then order it again.";
    if (JSON.stringify(plan.argv) === JSON.stringify(run.argv) && plan.cwd === run.cwd) return null;
    return `Nothing was started: this worker would run ${quoteArgv(plan.argv)} in ${plan.cwd}, which is not what was confirmed. Give web and worker the same configuration, then order it again.`;
  }

  private endedBeforeStart(reason: StopReason): Outcome {
    return reason === "cancelled"
      ? { state: "cancelled", outcome: "Cancelled before the program started; nothing ran." }
      : { state: "interrupted", outcome: "The worker stopped before the program started; nothing ran." };
  }

  private async startProgram(): Promise<StartedProgram<Details>> {
    const { run } = this.claim;
    const startedAt = this.context.now().getTime();
    const splitters = { stdout: this.splitter(), stderr: this.splitter() };
    const started = await this.handler.start({
      runId: run.id,
      params: this.params,
      argv: run.argv,
      cwd: run.cwd,
      handle: run.handle,
      output: async (channel, bytes) => {
        for (const line of splitters[channel].push(bytes)) this.take(channel, line.text, line.cut);
        if (this.log.backlog > LOG_LIMITS.maxBacklog) await this.log.flush();
      },
      say: (text) => this.say(text),
      reportProgress: this.notes.reportProgress,
      storeHandle: this.notes.storeHandle,
    });
    const ended = started.ended.then((end) => {
      for (const channel of ["stdout", "stderr"] as const) {
        for (const line of splitters[channel].end()) this.take(channel, line.text, line.cut);
      }
      const seconds = ((this.context.now().getTime() - startedAt) / 1_000).toFixed(1);
      this.say(`${describeEnd(end)} after ${seconds} s`);
      return end;
    });
    this.program = { ...started, ended };
    // Asked for while it was being prepared.
    if (this.stopped !== null) await started.stop();
    return this.program;
  }

  private async measureAfterwards(
    program: StartedProgram<Details>,
    end: ProcessEnd,
  ): Promise<{ after: AfterwardsOf<Measurement>; details: Details }> {
    const { run, token } = this.claim;
    // Whatever the program left behind in other processes must not write after the measurement.
    await program.stop();
    const details = await program.collect();
    await this.notes.settle();
    await startVerifying(this.context.db, {
      runId: run.id,
      token,
      exitCode: end.kind === "exited" ? end.exitCode : null,
      signal: end.kind === "signalled" ? end.signal : null,
    });
    await this.context.announce({ type: "run", runId: run.id });
    this.say("verifying: measuring again");
    try {
      return { after: await this.handler.measure(this.params), details };
    } catch (error) {
      if (!isAppError(error)) throw error;
      return { after: { unmeasured: error.message }, details };
    }
  }

  private async finish({ changedDates = [], ...ending }: Outcome): Promise<void> {
    const { db, announce, logger } = this.context;
    const { run, token } = this.claim;
    this.say(`${ending.state.replace("_", " ")}: ${ending.outcome}`);
    const rest = await this.log.takeRest();
    const finished = await db.$transaction(async (transaction) => {
      await storeLogBatch(transaction, run.id, rest, this.log.totals);
      return finishRun(transaction, run.id, token, ending);
    });
    if (!finished) logger.warn({ runId: run.id }, "the run had been settled by someone else");
    await announce({ type: "log", runId: run.id });
    await announce({ type: "run", runId: run.id });
    if (changedDates.length > 0) await announce({ type: "coverage", dates: [...changedDates] });
  }

  private async beat(): Promise<void> {
    try {
      const { held, cancelled } = await heartbeatRun(this.context.db, this.claim.run.id, this.claim.token);
      if (!held && this.program !== null) this.stop("lost-claim");
      if (cancelled) this.stop("cancelled");
    } catch (error) {
      this.context.logger.warn({ runId: this.claim.run.id, reason: errorText(error) }, "heartbeat failed");
    }
  }

  private splitter(): LineSplitter {
    return new LineSplitter(LOG_LIMITS.lineLength + LOG_LIMITS.lineOverlap);
  }

  private take(channel: "stdout" | "stderr", text: string, cut: boolean): void {
    const line = this.log.write(channel, text, cut);
    if (line) this.explanation = this.handler.explain(this.explanation, line);
  }

  private say(text: string): void {
    this.log.write("backcourt", text);
  }
}

function describeEnd(end: ProcessEnd): string {
  switch (end.kind) {
    case "exited":
      return `exit ${end.exitCode}`;
    case "signalled":
      return `killed by ${end.signal}`;
    case "not-started":
      return `not started: ${end.reason}`;
  }
}
