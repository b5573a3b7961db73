import type { Advice } from "@/lib/contracts/coverage";
import type { GameDate } from "@/lib/game-date";
import { CopyButton } from "./copy-button";
import classes from "./next-step.module.css";
import { RunAgain } from "./run-again";
import { SidePanel } from "./side-panel";

/** What would help the date now, by the warehouse as it was after the run. */
export function NextStep({ advice, date }: { advice: Advice; date: GameDate | null }) {
  return (
    <SidePanel title="Next">
      <div className={classes.body}>
        <p>{advice.text}</p>
        {advice.command !== null && (
          <div className={classes.command}>
            <code className={classes.code}>{advice.command}</code>
            <CopyButton text={advice.command} label="Copy the command" />
          </div>
        )}
        {advice.step === "backfill" && (
          <div>
            <RunAgain date={date} primary />
          </div>
        )}
      </div>
    </SidePanel>
  );
}
