import Link from "next/link";
import { CommandLine } from "@/components/shell/command-line";
import { amountText } from "@/components/shell/format-time";
import type { DbtPreview } from "@/lib/contracts/run-kinds/dbt";
import type { RunPreview } from "@/lib/contracts/runs";
import { quoteArgv } from "@/lib/runs/quote-argv";
import classes from "./build-preview.module.css";
import { buildCountText, estimateText } from "./build-words";
import { RunOrder } from "./run-order";

type BuildPreviewProps = {
  run: RunPreview["runs"][number];
  details: DbtPreview;
  fullRefresh: boolean;
  /** Something that is not ours is in the way. */
  waits: boolean;
};

/** Exactly what a build would run: the command, how much, how long, and every node in its order. */
export function BuildPreview({ run, details, fullRefresh, waits }: BuildPreviewProps) {
  return (
    <div className={classes.preview}>
      <CommandLine command={quoteArgv(run.argv)} label="the command" />
      <p className={classes.total}>
        <b>{buildCountText(details)}</b>
        {details.everything && " · the whole project"}
        {fullRefresh && " · incremental models from all of their rows"} · {estimateText(details)} ·{" "}
        {run.alreadyActive ? (
          <Link href={`/runs/${run.alreadyActive.id}`}>already {run.alreadyActive.state}</Link>
        ) : (
          startText(run.startsInSeconds, waits)
        )}
      </p>
      <div className={classes.nodes}>
        <RunOrder nodes={details.nodes} />
      </div>
    </div>
  );
}

function startText(seconds: number, waits: boolean): string {
  if (waits) return "waits first";
  return seconds <= 1 ? "starts at once" : `starts in ${amountText(seconds)}`;
}
