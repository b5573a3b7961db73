import { type ChildProcess, spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import { cannotWrite } from "@/lib/runs/cannot-write";
import { waitAtMost } from "@/lib/wait-at-most";
import { endTree } from "./end-tree";
import type { Execution, OutputSink, ProcessEnd, Program } from "./executor-types";
import { forwardOutput } from "./forward-output";
import { findProcessesOfRun } from "./processes-of-run";
import { spawnFailure } from "./spawn-failure";
import {
  type FromSupervisor,
  OUTPUT_DESCRIPTORS,
  type SupervisedRun,
  type ToSupervisor,
} from "./supervisor/messages";

export type SupervisorOptions = {
  /** The supervisor's bundle. */
  bundle: string;
  /** Milliseconds between SIGINT, SIGTERM and SIGKILL. */
  stopStepMs: number;
  /** Milliseconds between two words of this worker, and without one after which it is taken for lost. */
  wordMs: number;
  silenceMs: number;
  sleep(ms: number): Promise<void>;
};

/** A supervisor, up and waiting for its run. */
export type Supervision = {
  /**
   * Starts a run's program, once. @throws AppError `conflict` with what to do when nothing was started because of
   * the worker's own machine; a program that does not exist is an `Execution` that ends `not-started`.
   */
  launch(run: SupervisedRun, program: Program, output: OutputSink): Promise<Execution>;
  /** False once its process has ended. */
  isUp(): boolean;
  /** Lets it go: at once when nothing runs, else it ends what runs. */
  release(): void;
};

const messageSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("started"), pid: z.number().int().positive() }),
  z.object({
    type: z.literal("not-started"),
    what: z.enum(["record", "program"]),
    code: z.string().optional(),
    message: z.string(),
  }),
  z.object({ type: z.literal("ended"), exitCode: z.number().nullable(), signal: z.string().nullable() }),
]) satisfies z.ZodType<FromSupervisor>;

/** Fewer threads. Flags of V8's own would cost it the code cache that makes Node start quickly. */
const NODE_OPTIONS = ["--v8-pool-size=0"];
/** Without its supervisor a program's end can only be seen by looking. */
const LOOK_MS = 500;

/**
 * Starts a supervisor, before it is needed. The program's output comes here by pipes made now, without a hop; its
 * end is told, and when this process dies, the supervisor ends the program's tree.
 */
export function startSupervisor(options: SupervisorOptions): Supervision {
  const { bundle, stopStepMs, silenceMs } = options;
  const child = spawn(process.execPath, [...NODE_OPTIONS, bundle, String(stopStepMs), String(silenceMs)], {
    // A session of its own: what is sent to the worker's group does not reach it. It needs no variable, no secret.
    detached: true,
    env: { NODE_ENV: "production" },
    stdio: ["ignore", "ignore", "ignore", "pipe", "pipe", "ipc"],
  });
  return new SupervisedProgram(child, options);
}

/** `pid` is null when the supervisor was lost before it could tell it. */
type Start = { pid: number | null } | { notStarted: ProcessEnd };

class SupervisedProgram implements Supervision {
  private readonly start = withResolver<Start>();
  private readonly end = withResolver<ProcessEnd>();
  private readonly gone = withResolver<string>();
  private order: { run: SupervisedRun; program: Program } | null = null;
  private isGone = false;
  private hasEnded = false;
  private isTreeGone = false;
  private readonly alive: NodeJS.Timeout;

  constructor(
    private readonly child: ChildProcess,
    private readonly options: SupervisorOptions,
  ) {
    child.once("error", (error) => this.leave(error.message));
    child.once("exit", (code, signal) => this.leave(signal ?? `exit ${code}`));
    child.on("message", (message) => this.hear(messageSchema.parse(message)));
    // A supervisor that is not used must not raise an error for its unread pipes.
    for (const stream of this.outputs()) stream.on("error", () => undefined);
    // From now on: what has to be known before the program's start may take longer than the silence it bears.
    this.alive = setInterval(() => this.send({ type: "alive" }), options.wordMs);
  }

  isUp(): boolean {
    return !this.isGone;
  }

  async launch(run: SupervisedRun, program: Program, output: OutputSink): Promise<Execution> {
    this.order = { run, program };
    const [stdout, stderr] = this.outputs();
    const outputs = [
      stdout && forwardOutput(stdout, "stdout", output),
      stderr && forwardOutput(stderr, "stderr", output),
    ];
    this.send({ type: "start", ...run, ...program });
    const started = await Promise.race([this.start.promise, this.goneBeforeStart(run)]);
    if ("notStarted" in started) {
      return { ended: Promise.resolve(started.notStarted), stop: async () => undefined };
    }
    return {
      ended: this.waitForEnd(run, outputs),
      stop: () => this.endTree(run, started.pid),
    };
  }

  release(): void {
    clearInterval(this.alive);
    if (this.child.connected) this.child.disconnect();
    for (const stream of this.outputs()) stream.destroy();
  }

  /** Once all of it is gone, its group's number may be anybody's: it is not signalled again. */
  private async endTree({ runId }: SupervisedRun, group: number | null): Promise<void> {
    if (this.isTreeGone) return;
    const { stopStepMs: stepMs, sleep } = this.options;
    await endTree({ runId, group, hasEnded: () => this.hasEnded, stepMs, sleep });
    this.isTreeGone = this.hasEnded && findProcessesOfRun(runId, group).length === 0;
  }

  private leave(how: string): void {
    this.isGone = true;
    // Else it would keep a worker awake that waits for nothing more.
    clearInterval(this.alive);
    this.gone.resolve(how);
  }

  private outputs(): Readable[] {
    return Object.values(OUTPUT_DESCRIPTORS).map((descriptor) => this.child.stdio[descriptor] as Readable);
  }

  private send(message: ToSupervisor): void {
    if (this.child.connected) this.child.send(message, () => undefined);
  }

  private hear(message: FromSupervisor): void {
    switch (message.type) {
      case "started":
        this.start.resolve(message);
        return;
      case "not-started":
        this.start.resolve(this.refusedStart(message));
        return;
      case "ended":
        this.hasEnded = true;
        this.end.resolve(
          message.signal === null
            ? { kind: "exited", exitCode: message.exitCode ?? -1 }
            : { kind: "signalled", signal: message.signal },
        );
    }
  }

  private refusedStart(message: Extract<FromSupervisor, { type: "not-started" }>) {
    if (message.what === "record") return Promise.reject(cannotWrite(this.order?.run.folder ?? "", message));
    const reason = spawnFailure(message, this.order?.program ?? { argv: [], cwd: "" });
    return { notStarted: { kind: "not-started", reason } as const };
  }

  private async goneBeforeStart({ runId }: SupervisedRun): Promise<Start> {
    const how = await this.gone.promise;
    // It may have started the program, and what it told may still be on its way.
    await this.options.sleep(LOOK_MS);
    if (findProcessesOfRun(runId).length > 0) return { pid: null };
    throw new AppError("conflict", `The program's supervisor could not be started (${how}).`);
  }

  private async waitForEnd(run: SupervisedRun, outputs: (Promise<void> | undefined)[]): Promise<ProcessEnd> {
    const end = await Promise.race([this.end.promise, this.endUnseen(run)]);
    // A descendant may keep the pipe open after the program's end; its output is not waited for without bound.
    await waitAtMost(Promise.all(outputs), this.options.stopStepMs);
    return end;
  }

  /** The supervisor was killed: the program goes on, and its end is seen, but not how. */
  private async endUnseen({ runId }: SupervisedRun): Promise<ProcessEnd> {
    const how = await this.gone.promise;
    // What it told before it went may still be on its way.
    if (!this.hasEnded) await this.options.sleep(LOOK_MS);
    while (!this.hasEnded && findProcessesOfRun(runId).length > 0) {
      await this.options.sleep(LOOK_MS);
    }
    this.hasEnded = true;
    return { kind: "lost", reason: `its supervisor was lost (${how})` };
  }
}

function withResolver<Value>() {
  let resolve: (value: Value | PromiseLike<Value>) => void = () => undefined;
  const promise = new Promise<Value>((settle) => {
    resolve = settle;
  });
  // A wait that nobody is at must not end the process.
  promise.catch(() => undefined);
  return { promise, resolve };
}
