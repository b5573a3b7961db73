import { useQuery } from "@tanstack/react-query";
import { RefreshButton } from "@/components/dbt/refresh-button";
import { StateBadge } from "@/components/freshness/state-badge";
import { CommandLine } from "@/components/shell/command-line";
import { type GameDate, longLabel } from "@/lib/game-date";
import { dateCoverageQuery } from "@/lib/queries/coverage-queries";
import classes from "./date-now.module.css";
import { RunAgain } from "./run-again";
import { SidePanel } from "./side-panel";

/**
 * How the run's date stands now, and the step that would help. Measured anew rather than taken from the
 * receipt: since the run's end another run, or dbt, may have gone on.
 */
export function DateNow({ date }: { date: GameDate }) {
  const { data } = useQuery(dateCoverageQuery(date));
  if (!data) return null;
  const { state, advice } = data.summary;
  return (
    <SidePanel title="The date now" end={<StateBadge state={state} />}>
      <div className={classes.body}>
        <p>{advice.text}</p>
        {data.stale && <p className={classes.stale}>{data.stale.message} This is the last known state.</p>}
        {advice.command !== null && advice.dbt === null && (
          <CommandLine command={advice.command} label={`the command for ${longLabel(date)}`} />
        )}
        {advice.dbt && (
          <div>
            <RefreshButton refresh={advice.dbt} title={`Refresh silver: ${longLabel(date)}`}>
              Refresh silver…
            </RefreshButton>
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
