import { randomBytes } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { startTaskProcess, type TaskCommand, type TaskProcess } from "./task-process";

export type TaskStatus =
  | "PROVISIONING"
  | "PENDING"
  | "ACTIVATING"
  | "RUNNING"
  | "DEACTIVATING"
  | "STOPPING"
  | "DEPROVISIONING"
  | "STOPPED";

const CONTAINER_EXITED = ["EssentialContainerExited", "Essential container in task exited"] as const;

/** What a task does by itself; the scheduler decides when. */
export interface TaskSurroundings {
  /** Milliseconds that it stays in each state on its way up. */
  stepMs: number;
  /** Milliseconds between two tries of its health check. */
  healthMs: number;
  /** Null for a task that only does something for a while and ends. */
  command: TaskCommand | null;
  /** Whether ECS knows a health check for it. */
  healthCheck: boolean;
  faults(): { replacementFails: boolean; unhealthy: boolean };
  onStopped(task: ServiceTask): void;
}

/** A task of the service: ECS's states, with a real process behind `RUNNING`. */
export class ServiceTask {
  readonly id = randomBytes(16).toString("hex");
  readonly createdAt = new Date();
  startedAt: Date | null = null;
  stoppingAt: Date | null = null;
  stoppedAt: Date | null = null;
  desiredStatus: "RUNNING" | "STOPPED" = "RUNNING";
  lastStatus: TaskStatus = "PROVISIONING";
  stopCode: string | null = null;
  stoppedReason: string | null = null;
  private starting: Promise<TaskProcess> | null = null;
  private address: string | null = null;
  private checked = false;
  private ending: Promise<void> | null = null;

  constructor(private readonly surroundings: TaskSurroundings) {
    this.comeUp().catch((error: unknown) => this.stop("TaskFailedToStart", String(error)));
  }

  /** Where its process answers; null unless it runs. */
  get url(): string | null {
    return this.lastStatus === "RUNNING" ? this.address : null;
  }

  /** What its health check says, once it was made. */
  get health(): "UNKNOWN" | "HEALTHY" | "UNHEALTHY" {
    if (!this.checked || this.ending) return "UNKNOWN";
    return this.surroundings.faults().unhealthy ? "UNHEALTHY" : "HEALTHY";
  }

  /** Ends it. Asked again, the first reason stands. */
  stop(stopCode: string, reason: string): Promise<void> {
    this.ending ??= this.goDown(stopCode, reason);
    return this.ending;
  }

  private async comeUp(): Promise<void> {
    const { stepMs, healthMs, command, healthCheck, faults } = this.surroundings;
    for (const status of ["PENDING", "ACTIVATING"] as const) {
      await delay(stepMs);
      if (this.ending) return;
      this.lastStatus = status;
    }
    if (faults().replacementFails) {
      await this.stop(
        "TaskFailedToStart",
        "CannotPullContainerError: pull image manifest has been retried 5 time(s): not found",
      );
      return;
    }
    if (command) await this.startProgram(command);
    await delay(stepMs);
    if (this.ending) return;
    this.lastStatus = "RUNNING";
    this.startedAt = new Date();
    if (!command) await delay(stepMs).then(() => this.stop(...CONTAINER_EXITED));
    while (healthCheck && !this.checked && !this.ending) {
      await delay(healthMs);
      this.checked = await answers(this.address);
    }
  }

  private async startProgram(command: TaskCommand): Promise<void> {
    this.starting = startTaskProcess(command);
    const program = await this.starting;
    this.address = program.url;
    void program.exited.then(() => this.stop(...CONTAINER_EXITED));
  }

  private async goDown(stopCode: string, reason: string): Promise<void> {
    this.desiredStatus = "STOPPED";
    this.stopCode = stopCode;
    this.stoppedReason = reason;
    this.stoppingAt = new Date();
    this.lastStatus = "STOPPING";
    // A program that did not start has nothing to be stopped.
    const program = await this.starting?.catch(() => null);
    await program?.stop();
    this.lastStatus = "STOPPED";
    this.stoppedAt = new Date();
    this.surroundings.onStopped(this);
  }
}

/** The health check of its task definition: a page, which makes the dashboard read its data. */
async function answers(address: string | null): Promise<boolean> {
  const response = await fetch(`${address}/`, { headers: { connection: "close" } }).catch(() => null);
  return response?.ok ?? false;
}
