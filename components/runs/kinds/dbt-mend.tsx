import { RefreshButton } from "@/components/dbt/refresh-button";
import { withStop } from "@/components/shell/with-stop";
import type { DbtReceipt } from "@/lib/contracts/run-kinds/dbt";
import { SidePanel } from "../side-panel";
import classes from "./dbt-mend.module.css";

/** The build that mends what this one left behind, and why it takes that. */
export function DbtMend({ mend }: { mend: NonNullable<DbtReceipt["mend"]> }) {
  return (
    <SidePanel title="What mends the rest">
      <div className={classes.body}>
        <p className={classes.why}>{withStop(mend.why)}</p>
        <div>
          <RefreshButton refresh={mend} title="Mend what was left behind" variant="filled">
            {mend.fullRefresh ? "Rebuild…" : "Build…"}
          </RefreshButton>
        </div>
      </div>
    </SidePanel>
  );
}
