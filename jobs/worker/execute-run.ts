import { Abandoned, abandonWhenAborted } from "@/lib/abandon-when-aborted";
import { requesterRefusal } from "@/lib/auth/requester-standing";
import { isDatabaseAway } from "@/lib/database-away";
import { errorText, isAppError } from "@/lib/errors";
import type { Execution, ProcessEnd, Program } from "@/lib/executors/executor-types";
import type { Supervision } from "@/lib/executors/supervised-process";
import { ProgramOutput } from "@/lib/logs/program-output";
import { retryWhileDatabaseIsAway } from "@/lib/retry-while-away";
import { cannotWrite } from "@/lib/runs/cannot-write";
import { quoteArgv } from "@/lib/runs/quote-argv";
import { type Claim, giveBackRun, startVerifying } from "@/lib/runs/run-lifecycle";
import { makeRunFolder } from "@/lib/runs/state-folder";
import { TUNABLES } from "@/lib/runs/tunables";
import { ClaimedRun, type ExecutionContext, type Outcome } from "./claimed-run";
import type { AfterwardsOf, Explanation, RunHandler, StartedProgram, StopReason } from "./run-handler";
import { createRunNotes, type RunNotes } from "./run-notes";
import { describeEnd, endedBeforeStart, endedByDefect } from "./run-words";

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
  private readonly held: ClaimedRun;
  private readonly stopping = new AbortController();
  private stopped: StopReason | null = null;
  private program: StartedProgram<Details> | null = null;
  private supervision: Supervision | null = null;
  private folder: Promise<string> | null = null;
  private readonly notes: RunNotes;
  private explanation: Explanation | null = null;

  constructor(
    private readonly context: ExecutionContext,
    private readonly claim: Claim,
    private readonly params: Params,
    private readonly handler: RunHandler<Params, Measurement, Details>,
  ) {
    this.held = new ClaimedRun(context, claim);
    this.notes = createRunNotes({ ...context, claim });
  }

  stop(reason: StopReason): void {
    if (this.stopped !== null) return;
    this.stopped = reason;
    this.stopping.abort();
    if (this.program === null) return;
    this.say(`ending the program: ${reason}`);
    this.program.stop().catch((error: unknown) => {
      this.context.logger.error({ runId: this.claim.run.id, err: error }, "the program could not be ended");
    });
  }

  async run(): Promise<void> {
    const { context, claim, handler } = this;
    // Before anything is awaited: it comes up while the state before the run is measured.
    if (handler.startsProgram) this.superviseProgram();
    const letGo = this.held.keepAlive({
      onLost: () => this.stop("lost-claim"),
      onCancelled: () => this.stop("cancelled"),
    });
    const clock = setTimeout(() => this.stop("timed-out"), handler.timeoutMs);
    void context.announce({ type: "run", runId: claim.run.id });
    try {
      const outcome = await this.performAnyhow();
      this.supervision?.release();
      if (this.stopped !== "shutdown" || !(await this.giveBack())) await this.held.finish(outcome);
    } finally {
      letGo();
      clearTimeout(clock);
      this.supervision?.release();
    }
  }

  /** A deploy that comes before the program was started costs an accepted run nothing but time. */
  private async giveBack(): Promise<boolean> {
    if (this.program !== null) return false;
    this.say("the worker stops before the program was started: back to the queue");
    await this.held.log.flush();
    const { run, token } = this.claim;
    const given = await this.whenDatabaseAnswers(() => giveBackRun(this.context.db, run.id, token));
    if (given) await this.context.announce({ type: "run", runId: run.id });
    return given;
  }

  /** A defect must not leave the run to its lease; a database that is away must: others may reach it. */
  private async performAnyhow(): Promise<Outcome> {
    try {
      return await this.perform();
    } catch (error) {
      if (isDatabaseAway(error)) throw error;
      this.context.logger.error({ runId: this.claim.run.id, err: error }, "a run met a defect");
      await this.program?.stop();
      return endedByDefect(errorText(error), this.program !== null);
    }
  }

  private async perform(): Promise<Outcome> {
    const { run } = this.claim;
    this.say(`${run.attempt > 1 ? "taken up again, " : ""}run ${run.id.slice(-8)}: ${quoteArgv(run.argv)}`);
    let before: Measurement;
    let program: StartedProgram<Details>;
    try {
      const { signal } = this.stopping;
      const mismatch = this.findMismatch();
      if (mismatch) return { state: "refused", outcome: mismatch };
      // Side by side: a measurement changes nothing, and few runs are refused.
      const measuring = this.measureBefore();
      measuring.catch(() => undefined);
      const refusal = await abandonWhenAborted(this.askRefusal(), signal);
      if (refusal) {
        this.stopping.abort();
        return { state: "refused", outcome: refusal };
      }
      before = await abandonWhenAborted(measuring, signal);
    } catch (error) {
      return this.notStarted(error, "Nothing was started: the state before it could not be measured.");
    }
    try {
      program = await this.startProgram();
    } catch (error) {
      return this.notStarted(error, "Nothing was started.");
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
    const { signal } = this.stopping;
    const before = await this.whenDatabaseAnswers(() => this.handler.measure(this.params, signal));
    this.notes.keepMeasuredBefore(before);
    return before;
  }

  /** The preview is the run: what was shown when it was ordered must be what this worker would do. */
  private findMismatch(): string | null {
    const { run } = this.claim;
    const plan = this.handler.plan(this.params);
    if (!plan)
      return "Nothing was started: this worker is not configured for it. Give web and worker the same configuration, then order it again.";
    if (JSON.stringify(plan.argv) === JSON.stringify(run.argv) && plan.cwd === run.cwd) return null;
    return `Nothing was started: this worker would run ${quoteArgv(plan.argv)} in ${plan.cwd}, which is not what was confirmed. Give web and worker the same configuration, then order it again.`;
  }

  private async askRefusal(): Promise<string | null> {
    return (await this.askRequester()) ?? (await this.handler.refusal?.(this.params)) ?? null;
  }

  /** Whoever ordered it must still be allowed to at its first start; a database that is away is waited for. */
  private async askRequester(): Promise<string | null> {
    const { run } = this.claim;
    if (run.measuredBefore !== null) return null;
    return this.whenDatabaseAnswers(() => requesterRefusal(this.context.db, run));
  }

  private notStarted(error: unknown, what: string): Outcome {
    if (this.stopped !== null) return endedBeforeStart(this.stopped);
    if (isAppError(error)) return { state: "refused", outcome: `${what} ${error.message}` };
    throw error;
  }

  private async startProgram(): Promise<StartedProgram<Details>> {
    const { run } = this.claim;
    const startedAt = this.context.now().getTime();
    const output = new ProgramOutput(this.held.log, (line) => {
      this.explanation = this.handler.explain(this.explanation, line);
    });
    const started = await this.handler.start({
      runId: run.id,
      params: this.params,
      argv: run.argv,
      cwd: run.cwd,
      handle: run.handle,
      folder: this.held.folder,
      signal: this.stopping.signal,
      launch: (program) => this.launch(program, output),
      output: output.push,
      say: (text) => this.say(text),
      reportProgress: this.notes.reportProgress,
      storeHandle: this.notes.storeHandle,
    });
    const ended = started.ended.then((end) => {
      output.end();
      const seconds = ((this.context.now().getTime() - startedAt) / 1_000).toFixed(1);
      this.say(`${describeEnd(end)} after ${seconds} s`);
      return end;
    });
    this.program = { ...started, ended };
    // Asked for while it was being prepared.
    if (this.stopped !== null) await started.stop();
    return this.program;
  }

  /** From the note on, the run is never started again by itself, whatever becomes of this worker. */
  private async launch(program: Program, output: ProgramOutput): Promise<Execution> {
    let { supervision } = this;
    if (supervision === null) throw new Error("This kind of run starts no program.");
    await this.folder;
    // One that had waited for a run may have been on its way out when it was taken.
    if (!supervision.isUp()) this.supervision = supervision = this.context.supervisors.take();
    // A worker that was held up in between may have lost the run meanwhile: it asks again.
    for (let askedAt = Number.NEGATIVE_INFINITY; performance.now() - askedAt > TUNABLES.leaseMs / 2; ) {
      askedAt = performance.now();
      await this.notes.storeStart(this.context.host, this.stopping.signal);
    }
    if (this.stopping.signal.aborted) throw new Abandoned();
    return supervision.launch({ runId: this.claim.run.id, folder: this.held.folder }, program, output.push);
  }

  private superviseProgram(): void {
    this.supervision = this.context.supervisors.take();
    this.folder = makeRunFolder(this.context.stateFolder, this.claim.run.id).catch((error: unknown) => {
      throw cannotWrite(this.held.folder, { message: errorText(error) });
    });
    // Told of where it is needed.
    this.folder.catch(() => undefined);
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
    await this.whenDatabaseAnswers(() =>
      startVerifying(this.context.db, {
        runId: run.id,
        token,
        exitCode: end.kind === "exited" ? end.exitCode : null,
        signal: end.kind === "signalled" ? end.signal : null,
      }),
    );
    void this.context.announce({ type: "run", runId: run.id });
    this.say("verifying: measuring again");
    try {
      return { after: await this.whenDatabaseAnswers(() => this.handler.measure(this.params)), details };
    } catch (error) {
      if (!isAppError(error)) throw error;
      return { after: { unmeasured: error.message }, details };
    }
  }

  private whenDatabaseAnswers<Result>(work: () => Promise<Result>): Promise<Result> {
    const { logger, sleep } = this.context;
    const onRetry = (error: unknown) =>
      logger.warn({ runId: this.claim.run.id, reason: errorText(error) }, "waiting for the database");
    return retryWhileDatabaseIsAway(work, { sleep, onRetry });
  }

  private say(text: string): void {
    this.held.say(text);
  }
}
