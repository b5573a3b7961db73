import { RestartTimeline } from "@/components/dashboard/restart-timeline";
import type { RunDetail } from "@/lib/contracts/runs";
import { SidePanel } from "../side-panel";
import classes from "./dashboard-restart-steps.module.css";

/** Where the restart is, or where it ended. */
export function DashboardRestartSteps({ run }: { run: RunDetail }) {
  return (
    <SidePanel title="Steps">
      <div className={classes.body}>
        <RestartTimeline run={run} />
      </div>
    </SidePanel>
  );
}
