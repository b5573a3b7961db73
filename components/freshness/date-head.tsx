import { Button } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import Link from "next/link";
import { RefreshButton } from "@/components/dbt/refresh-button";
import { ActButton } from "@/components/shell/act-button";
import type { DateSummary } from "@/lib/contracts/coverage";
import type { RunSummary } from "@/lib/contracts/runs";
import { type GameDate, longLabel } from "@/lib/game-date";
import classes from "./date-head.module.css";
import { isSelectable } from "./date-selection";
import { countText } from "./day-label";
import { lacksData } from "./order-attention";
import { StateBadge } from "./state-badge";

type DateHeadProps = {
  date: GameDate;
  summary: DateSummary | undefined;
  run: RunSummary | undefined;
  onBackfill: (dates: GameDate[]) => void;
  onClose?: () => void;
};

/** The id of the panel's title, to which the keyboard goes when it opens a date. */
export const DATE_TITLE_ID = "date-title";

/** The panel's top: the date, its state, its numbers, and the one thing to do about it. */
export function DateHead({ date, summary, run, onBackfill, onClose }: DateHeadProps) {
  return (
    <div className={classes.head}>
      <h2 id={DATE_TITLE_ID} tabIndex={-1} data-autofocus className={classes.title}>
        {longLabel(date)}
      </h2>
      {summary && <StateBadge state={summary.state} />}
      <span className={classes.numbers}>{summary && gamesText(summary)}</span>
      <div
        className={classes.actions}
        data-quiet={(summary && !lacksData(summary) && !summary.advice.dbt) || undefined}
      >
        {summary && <Action summary={summary} run={run} onBackfill={onBackfill} />}
      </div>
      {onClose && (
        <button type="button" className={classes.close} aria-label="Close the date" onClick={onClose}>
          <IconX size={16} aria-hidden />
        </button>
      )}
    </div>
  );
}

function Action({
  summary,
  run,
  onBackfill,
}: {
  summary: DateSummary;
  run: RunSummary | undefined;
  onBackfill: (dates: GameDate[]) => void;
}) {
  if (run) {
    return (
      <Button component={Link} href={`/runs/${run.id}`} variant="default" className={classes.button}>
        Backfill is {run.state}
      </Button>
    );
  }
  if (summary.advice.dbt) {
    return (
      <RefreshButton
        refresh={summary.advice.dbt}
        title={`Refresh silver: ${longLabel(summary.date)}`}
        className={classes.button}
      >
        Refresh silver…
      </RefreshButton>
    );
  }
  if (!isSelectable(summary)) return null;
  return (
    <ActButton
      needs="run"
      variant={lacksData(summary) ? "filled" : "default"}
      className={classes.button}
      onClick={() => onBackfill([summary.date])}
    >
      {lacksData(summary) ? "Backfill…" : "Backfill again…"}
    </ActButton>
  );
}

/** `9 games · 3 lack something` */
function gamesText({ expected, lacking }: DateSummary): string {
  if (expected === 0) return "no games expected";
  if (lacking.length === 0) return countText(expected, "game");
  return `${countText(expected, "game")} · ${lacking.length === expected ? "all" : lacking.length} behind`;
}
