import { secondsText } from "@/components/dashboard/verdict";
import type { DashboardRestartReceipt } from "@/lib/contracts/run-kinds/dashboard-restart";
import { easternSeconds } from "../format-moment";
import { SidePanel } from "../side-panel";
import classes from "./dashboard-restart-tasks.module.css";

type Replaced = DashboardRestartReceipt["tasks"][number];

/** Each old task, what replaced it, and when that served. */
export function DashboardRestartTasks({ tasks }: Pick<DashboardRestartReceipt, "tasks">) {
  if (tasks.length === 0) return null;
  return (
    <SidePanel title={tasks.length === 1 ? "Task" : "Tasks, in their order"}>
      <ul>
        {tasks.map((task) => (
          <li key={task.old.arn} className={classes.task}>
            <p className={classes.ids}>
              <code title={task.old.arn}>{task.old.shortId}</code>
              <span aria-hidden>→</span>
              <span className={classes.hidden}>replaced by</span>
              {task.replacement ? (
                <code title={task.replacement.arn}>{task.replacement.shortId}</code>
              ) : (
                <span className={task.stoppedAt === null ? classes.alone : classes.none}>
                  {task.stoppedAt === null ? "left alone" : "none came"}
                </span>
              )}
            </p>
            <p className={classes.when}>{momentsText(task)}</p>
          </li>
        ))}
      </ul>
    </SidePanel>
  );
}

/** `told to stop 2:00:01 PM ET, served 7.0 s later` */
function momentsText({ stoppedAt, servingAt }: Replaced): string {
  if (stoppedAt === null) return "was not told to stop";
  const stopped = `told to stop ${easternSeconds(stoppedAt)}`;
  if (servingAt === null) return `${stopped}, did not serve again`;
  const seconds = Math.max(0, (Date.parse(servingAt) - Date.parse(stoppedAt)) / 1_000);
  return `${stopped}, its replacement served ${secondsText(seconds)} later`;
}
