import { RUN_STATE_LOOK } from "@/components/runs/run-state";
import type {
  DashboardMode,
  DashboardRestartProgress,
  DashboardRestartReceipt,
} from "@/lib/contracts/run-kinds/dashboard-restart";
import type { RunDetail, RunState } from "@/lib/contracts/runs";
import { isFinal } from "@/lib/runs/run-states";
import { modeOf } from "./restart-mode";

type StepName = Exclude<DashboardRestartProgress["step"], "done">;

/** `now` is where it is, `halted` where it ended without being whole, `open` what never came. */
export type StepStanding = "done" | "now" | "halted" | "open";

export type RestartStep = {
  name: StepName;
  label: string;
  standing: StepStanding;
  /** When it was done, where that is known. */
  at: string | null;
  note: string;
};

const STEPS = {
  restart: ["checking", "stopping", "waiting", "verifying"],
  refresh: ["checking", "refreshing", "verifying"],
} as const satisfies Record<DashboardMode, StepName[]>;

const LABEL: Record<StepName, string> = {
  checking: "Check the service",
  stopping: "Stop the old task",
  waiting: "New task runs",
  refreshing: "Read the data again",
  verifying: "Serves fresh data",
};

type Known = Pick<RunDetail, "state" | "startedAt" | "params" | "progress" | "receipt">;

/** The steps of a restart or a refresh in their order, each with how it stands, for a run in any state. */
export function restartSteps(run: Known): RestartStep[] {
  const progress = run.progress?.kind === "dashboard-restart" ? run.progress : null;
  const receipt = run.receipt?.kind === "dashboard-restart" ? run.receipt : null;
  const names: readonly StepName[] = STEPS[modeOf(run)];
  const reached = reachedOf(run.state, names, progress);
  return names.map((name, index) => ({
    name,
    label: LABEL[name],
    standing: standingOf(index, reached, run.state),
    at: index < reached ? momentOf(name, run, progress, receipt) : null,
    note: noteOf(name, index === reached, progress, receipt),
  }));
}

/** How many steps are done. */
function reachedOf(
  state: RunState,
  names: readonly StepName[],
  progress: DashboardRestartProgress | null,
): number {
  if (state === "succeeded" || progress?.step === "done") return names.length;
  if (progress === null) return 0;
  return Math.max(0, names.indexOf(progress.step));
}

function standingOf(index: number, reached: number, state: RunState): StepStanding {
  if (index < reached) return "done";
  if (index > reached || state === "queued") return "open";
  return isFinal(state) ? "halted" : "now";
}

function momentOf(
  name: StepName,
  { startedAt }: Known,
  progress: DashboardRestartProgress | null,
  receipt: DashboardRestartReceipt | null,
): string | null {
  switch (name) {
    case "checking":
      return startedAt;
    case "stopping":
      return receipt?.tasks[0]?.stoppedAt ?? progress?.stoppedAt ?? null;
    case "waiting":
      return receipt?.tasks.at(-1)?.replacement?.startedAt ?? null;
    case "refreshing":
      return null;
    case "verifying":
      return receipt?.mode === "refresh"
        ? (receipt.served.after?.at ?? null)
        : (receipt?.tasks.at(-1)?.servingAt ?? null);
  }
}

function noteOf(
  name: StepName,
  isHere: boolean,
  progress: DashboardRestartProgress | null,
  receipt: DashboardRestartReceipt | null,
): string {
  if (isHere && progress && receipt === null && progress.total > 1)
    return `${progress.replaced} of ${progress.total} replaced`;
  if (!receipt || receipt.mode === "refresh") return "";
  const { tasks } = receipt;
  const [only] = tasks;
  if (!only) return "";
  const replaced = tasks.filter(({ replacement }) => replacement !== null).length;
  const stopped = tasks.filter(({ stoppedAt }) => stoppedAt !== null).length;
  if (name === "stopping") return tasks.length === 1 ? only.old.shortId : `${stopped} of ${tasks.length}`;
  if (name === "waiting")
    return tasks.length === 1 ? (only.replacement?.shortId ?? "") : `${replaced} of ${tasks.length}`;
  return "";
}

/** The colour in which a run's last, unfinished step is shown. */
export function haltedTone(state: RunState): "missing" | "partial" | "pending" {
  const { tone } = RUN_STATE_LOOK[state];
  return tone === "missing" || tone === "partial" ? tone : "pending";
}
