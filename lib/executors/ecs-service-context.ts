import type { EcsServiceApi } from "@/lib/aws/ecs-service-api";
import { AwsError } from "@/lib/aws/explain-aws-error";
import type { ServiceEvent, TaskSnapshot } from "@/lib/aws/service-snapshot";
import type { Probe } from "@/lib/contracts/dashboard";
import type { DashboardRestartProgress } from "@/lib/contracts/run-kinds/dashboard-restart";
import type { DashboardProbe } from "@/lib/dashboard/dashboard-probe";
import type { RestartHandle } from "./ecs-service-handle";
import { ServingMeter } from "./ecs-service-meter";
import type { ServiceLook } from "./ecs-service-precheck";
import { sleepUntil } from "./sleep-until";

/** Milliseconds between two looks. */
export type RestartTiming = {
  /** At ECS, whose calls are rationed. */
  ecsMs: number;
  /** At the dashboard's page: the time without a serving task is right to about so much. */
  pageMs: number;
};

export type EcsRestartOptions = {
  runId: string;
  api: EcsServiceApi;
  probe: DashboardProbe;
  handle: RestartHandle;
  /** True when another worker began it. */
  resumed: boolean;
  timeoutMs: number;
  timing: RestartTiming;
  now(): Date;
  sleep(ms: number): Promise<void>;
  /** A line of the log in the console's name, and one in ECS's. */
  say(text: string): void;
  tell(text: string): void;
  reportProgress(progress: DashboardRestartProgress): void;
  /** Resolves once it is stored; rejects when the run is somebody else's. */
  storeHandle(handle: RestartHandle): Promise<void>;
};

/**
 * How a restart ended. `halted`: it went no further, because the service had changed or AWS refused;
 * `unchanged`: a refresh was accepted, and the data stayed; `stopped`: by the operator or the worker's end.
 */
export type RestartEnd =
  | { kind: "recovered" }
  | { kind: "not-recovered" | "halted" | "unchanged" | "stopped"; text: string };

/** Ends a restart from wherever it is. */
export class RestartEnded extends Error {
  constructor(readonly end: RestartEnd) {
    super(end.kind === "recovered" ? end.kind : end.text);
  }
}

/** One look at ECS, with tasks that are no longer meant to run where they were asked for by name. */
export type WideLook = ServiceLook & { others: readonly TaskSnapshot[] };

/** A run that is resumed late still gets so much time to be judged. */
const LEAST_TIME_MS = 60_000;

/** What the steps of a restart share: the clock, the looks at ECS, the log, and what was found so far. */
export class RestartContext {
  readonly meter: ServingMeter;
  readonly events: ServiceEvent[] = [];
  page: Probe | null = null;
  health: Probe | null = null;
  private readonly abort = new AbortController();
  private readonly deadline: number;
  private lastProblem: string | null = null;
  private lastEventId: string | null;

  constructor(readonly options: EcsRestartOptions) {
    const { handle, resumed, timeoutMs, now } = options;
    const openSince = resumed ? openSinceOf(handle) : null;
    this.meter = new ServingMeter(handle.unservedMs, openSince);
    this.lastEventId = handle.lastEventId;
    const planned = Date.parse(handle.startedAt) + timeoutMs;
    this.deadline = resumed
      ? Math.max(planned, now().getTime() + Math.min(LEAST_TIME_MS, timeoutMs))
      : planned;
  }

  /** Why ECS gave no answer at the last look; null when it did. */
  get problem(): string | null {
    return this.lastProblem;
  }

  get signal(): AbortSignal {
    return this.abort.signal;
  }

  stop(): void {
    this.abort.abort();
  }

  /** @throws RestartEnded when somebody has asked for the end */
  assertGoingOn(): void {
    if (this.signal.aborted) throw new RestartEnded({ kind: "stopped", text: "" });
  }

  /** @throws RestartEnded `not-recovered` with `text` once the time is over */
  assertInTime(text: () => string): void {
    this.assertGoingOn();
    if (this.options.now().getTime() < this.deadline) return;
    throw new RestartEnded({ kind: "not-recovered", text: `${text()} ${this.limit}` });
  }

  /** `within 10 min` */
  private get limit(): string {
    const seconds = Math.round(this.options.timeoutMs / 1_000);
    return seconds < 120 ? `within ${seconds} s` : `within ${Math.round(seconds / 6) / 10} min`;
  }

  /** Waits; less when somebody asks for the end. @throws RestartEnded then */
  async pause(ms: number): Promise<void> {
    await sleepUntil(this.signal, this.options.sleep, ms);
    this.assertGoingOn();
  }

  /**
   * The service with its tasks, and the tasks named in `arns` whether or not they still run; its new events go
   * to the log. @throws AwsError
   */
  async look(arns: readonly string[] = []): Promise<WideLook> {
    const { api } = this.options;
    const service = await api.describeService(this.signal);
    const listed = service ? await api.listTasks(this.signal) : [];
    const described = await api.describeTasks([...new Set([...listed, ...arns])], this.signal);
    if (service) this.tellEvents(service.events);
    const isListed = new Set(listed);
    return {
      service,
      tasks: described.filter(({ arn }) => isListed.has(arn)),
      others: described.filter(({ arn }) => !isListed.has(arn)),
    };
  }

  /** Like `look`; null when AWS gives no answer now, which is said once. It is looked again, until the deadline. */
  async watch(arns: readonly string[]): Promise<WideLook | null> {
    try {
      const look = await this.look(arns);
      this.lastProblem = null;
      return look;
    } catch (error) {
      this.assertGoingOn();
      if (!(error instanceof AwsError)) throw error;
      if (this.lastProblem !== error.message) this.options.say(`${error.message} Looking again.`);
      this.lastProblem = error.message;
      return null;
    }
  }

  report(step: DashboardRestartProgress["step"], text: string): void {
    const { handle, reportProgress, say } = this.options;
    say(text);
    const { tasks } = handle;
    reportProgress({
      kind: "dashboard-restart",
      step,
      text,
      replaced: tasks.filter(({ servingAt }) => servingAt !== null).length,
      total: tasks.length,
      stoppedAt: tasks[0]?.stopRequestedAt ?? null,
      serving: this.meter.serving,
    });
  }

  async storeHandle(): Promise<void> {
    const { handle, storeHandle, now } = this.options;
    handle.unservedMs = this.meter.unservedMs(now().getTime());
    await storeHandle(handle);
  }

  private tellEvents(newestFirst: readonly ServiceEvent[]): void {
    const known = newestFirst.findIndex(({ id }) => id === this.lastEventId);
    const fresh = known < 0 ? this.sinceStart(newestFirst) : newestFirst.slice(0, known);
    for (const event of [...fresh].reverse()) {
      this.events.push(event);
      this.options.tell(`${event.at.slice(11, 19)} ECS ${event.text}`);
    }
    this.lastEventId = newestFirst[0]?.id ?? this.lastEventId;
  }

  /** Where the last known event has left ECS's list of a hundred, or there was none. */
  private sinceStart(events: readonly ServiceEvent[]): readonly ServiceEvent[] {
    return events.filter(({ at }) => at >= this.options.handle.startedAt);
  }
}

/** Since when a restart that another worker began may have left nothing serving. */
function openSinceOf({ tasks }: RestartHandle): number | null {
  const open = tasks.find(({ stopRequestedAt, servingAt }) => stopRequestedAt !== null && servingAt === null);
  return open?.stopRequestedAt ? Date.parse(open.stopRequestedAt) : null;
}
