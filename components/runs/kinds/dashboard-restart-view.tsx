import type { DashboardRestartReceipt } from "@/lib/contracts/run-kinds/dashboard-restart";
import type { RunDetail } from "@/lib/contracts/runs";
import { unknownFigure } from "../receipt-figure";
import { DashboardRestartAgain } from "./dashboard-restart-again";
import { DashboardRestartEvents } from "./dashboard-restart-events";
import { dataFigure, downtimeFigure, pageFigure, taskFigure } from "./dashboard-restart-figures";
import { DashboardRestartNext } from "./dashboard-restart-next";
import { restartOutcomeText } from "./dashboard-restart-outcome";
import { DashboardRestartSteps } from "./dashboard-restart-steps";
import { DashboardRestartTasks } from "./dashboard-restart-tasks";
import type { KindView } from "./kind-view";

/** A restart or a refresh of the dashboard: the time without a page, the new task, the data that it shows since. */
export const dashboardRestartView: KindView = {
  figures(run) {
    const receipt = receiptOf(run);
    const unknown = unknownFigure(run);
    return [
      { label: "Downtime", figure: receipt ? downtimeFigure(receipt) : unknown },
      { label: "New task", figure: receipt ? taskFigure(receipt) : unknown },
      { label: "Data as of", figure: receipt ? dataFigure(receipt) : unknown },
      { label: "Page", figure: receipt ? pageFigure(receipt) : unknown },
    ];
  },
  Main: DashboardRestartSteps,
  Side: ({ run }) => {
    const receipt = receiptOf(run);
    if (!receipt) return null;
    return (
      <>
        <DashboardRestartTasks tasks={receipt.tasks} />
        <DashboardRestartEvents events={receipt.events} />
      </>
    );
  },
  Next: DashboardRestartNext,
  Again: DashboardRestartAgain,
  cancelText:
    "Only the waiting ends. A task that was told to stop is gone, and ECS starts another in its place by itself; tasks that were not told to stop are left alone. What the dashboard shows then is measured.",
  cancellingText: "Cancelling: the waiting is being ended. ECS goes on by itself.",
  outcomeText: restartOutcomeText,
  stateWords: {
    running:
      "It is under way: the steps below say where. Service events appear in the log as ECS tells them.",
    verifying: "It has ended. The service is looked at once more.",
    succeeded: "It serves again, with data read since.",
    no_effect: "That is no success: the dashboard took the request, and its data are the same as before.",
    failed: "The dashboard was not brought to fresh data; the steps say where it ended.",
    timed_out:
      "It took longer than it may. ECS goes on by itself; the dashboard's page says how it stands now.",
    cancelled: "A person stopped the waiting. What ECS was told to do by then goes on by itself.",
    interrupted: "Nothing is stopped again by itself. The dashboard's page says how it stands now.",
    refused: "No task was stopped. It can be ordered again once what stands in the way is gone.",
  },
};

function receiptOf(run: RunDetail): DashboardRestartReceipt | null {
  return run.receipt?.kind === "dashboard-restart" ? run.receipt : null;
}
