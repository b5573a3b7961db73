import { Obstacles } from "@/components/predictions/obstacles";
import type { MlObstacle } from "@/lib/contracts/run-kinds/ml";
import { SidePanel } from "../side-panel";
import classes from "./ml-next.module.css";

/** What stood in the program's way, and the step that removes it. */
export function MlNext({ reason }: { reason: MlObstacle }) {
  return (
    <SidePanel title="What stood in the way">
      <div className={classes.body}>
        <Obstacles obstacles={[reason]} />
      </div>
    </SidePanel>
  );
}
