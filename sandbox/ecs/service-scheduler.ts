import { randomUUID } from "node:crypto";
import type { ControlState } from "./control-state";
import { ServiceTask } from "./service-task";
import type { TaskCommand } from "./task-process";

export interface SchedulerSettings {
  service: string;
  desired: number;
  /** Milliseconds from a task's end to the start of its replacement. */
  replaceMs: number;
  stepMs: number;
  healthMs: number;
  healthCheck: boolean;
  command: TaskCommand;
  control(): ControlState;
}

export interface ServiceEvent {
  id: string;
  createdAt: Date;
  message: string;
}

const TICK_MS = 50;
const EVENTS_KEPT = 100;
const STOPPED_KEPT = 50;
const FAILURES_TOLD = 2;

/** Keeps as many tasks running as the service wants, as ECS's scheduler does, and tells of it in events. */
export class ServiceScheduler {
  readonly createdAt = new Date();
  /** Newest first. */
  readonly events: ServiceEvent[] = [];
  /** Running and stopped ones, oldest first. */
  tasks: ServiceTask[] = [];
  failedStarts = 0;
  private shortSince: number | null = 0;
  private steady = false;
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly settings: SchedulerSettings) {
    this.timer = setInterval(() => this.tick(), TICK_MS);
    this.tick();
  }

  get desired(): number {
    return this.settings.control().desired ?? this.settings.desired;
  }

  /** Tasks that are meant to run. */
  get live(): ServiceTask[] {
    return this.tasks.filter(({ desiredStatus }) => desiredStatus === "RUNNING");
  }

  get running(): ServiceTask[] {
    return this.live.filter(({ lastStatus }) => lastStatus === "RUNNING");
  }

  /** Ends every task. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    await Promise.all(this.tasks.map((task) => task.stop("ServiceSchedulerInitiated", "the sandbox ends")));
  }

  private tick(): void {
    const { status, extraTasks, noReplacement } = this.settings.control();
    const wanted = status === "ACTIVE" ? this.desired + extraTasks : 0;
    const live = this.live;
    for (const task of live.slice(wanted)) {
      void task.stop("ServiceSchedulerInitiated", "Scaling activity initiated by the service scheduler");
      this.tell(`has stopped 1 running tasks: (task ${task.id}).`);
    }
    if (live.length >= wanted) this.shortSince = null;
    else if (!noReplacement) this.startOneInTime();
    this.noteSteadiness();
  }

  /** The first tasks of all come at once; a replacement takes its time, from the end of the one before. */
  private startOneInTime(): void {
    this.shortSince ??= Date.now();
    if (Date.now() - this.shortSince < this.settings.replaceMs) return;
    this.shortSince = null;
    const { stepMs, healthMs, healthCheck, command, control } = this.settings;
    const task = new ServiceTask({
      stepMs,
      healthMs,
      healthCheck,
      command,
      faults: control,
      onStopped: (stopped) => this.noteStopped(stopped),
    });
    const stopped = this.tasks.filter(({ lastStatus }) => lastStatus === "STOPPED").slice(-STOPPED_KEPT);
    this.tasks = [...stopped, ...this.tasks.filter(({ lastStatus }) => lastStatus !== "STOPPED"), task];
    this.tell(`has started 1 tasks: (task ${task.id}).`);
    if (this.live.length < this.desired && this.failedStarts === 0) this.shortSince = 0;
  }

  private noteStopped(task: ServiceTask): void {
    this.shortSince = Date.now();
    if (task.startedAt !== null) return;
    this.failedStarts += 1;
    if (this.failedStarts >= FAILURES_TOLD)
      this.tell(
        "is unable to consistently start tasks successfully. For more information, see the Troubleshooting section.",
      );
  }

  private noteSteadiness(): void {
    const steady = this.running.length === this.desired && this.live.length === this.desired;
    if (steady && !this.steady) {
      this.failedStarts = 0;
      this.tell("has reached a steady state.");
    }
    this.steady = steady;
  }

  private tell(what: string): void {
    const message = `(service ${this.settings.service}) ${what}`;
    this.events.unshift({ id: randomUUID(), createdAt: new Date(), message });
    this.events.splice(EVENTS_KEPT);
  }
}
