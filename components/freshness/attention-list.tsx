"use client";

import { useState } from "react";
import { RefreshButton } from "@/components/dbt/refresh-button";
import { staleDates } from "@/components/dbt/stale-dates";
import { ActButton } from "@/components/shell/act-button";
import { RelativeTime } from "@/components/shell/relative-time";
import type { DateSummary } from "@/lib/contracts/coverage";
import type { RunSummary } from "@/lib/contracts/runs";
import { type GameDate, shortLabel } from "@/lib/game-date";
import classes from "./attention-list.module.css";
import { DATE_STATE } from "./date-state";
import { lacksData, orderAttention } from "./order-attention";
import { StateGlyph } from "./state-glyph";
import { StepButton } from "./step-button";

const SHOWN_AT_FIRST = 8;

type AttentionListProps = {
  dates: DateSummary[];
  open: GameDate | null;
  activeRuns: ReadonlyMap<GameDate, RunSummary>;
  onOpen: (date: GameDate) => void;
  onBackfill: (dates: GameDate[]) => void;
};

/** The dates that somebody should act on, worst first, each with the step that helps. */
export function AttentionList({ dates, open, activeRuns, onOpen, onBackfill }: AttentionListProps) {
  const [all, setAll] = useState(false);
  const ordered = orderAttention(dates);
  const shown = all ? ordered : ordered.slice(0, SHOWN_AT_FIRST);
  const toBackfill = ordered
    .filter((date) => lacksData(date) && !activeRuns.has(date.date))
    .map((date) => date.date)
    .toSorted();
  const behind = staleDates(ordered);
  return (
    <section className={classes.panel} id="attention" aria-labelledby="attention-title">
      <div className={classes.head}>
        <h2 id="attention-title">Needs attention</h2>
        <div className={classes.all}>
          {behind && behind.dates.length > 1 && (
            <RefreshButton
              refresh={behind.refresh}
              title={`Refresh silver: ${behind.dates.length} dates`}
              size="xs"
              variant="default"
              aria-label={`Refresh silver for all ${behind.dates.length} dates that are behind…`}
            >
              {`Refresh all ${behind.dates.length}…`}
            </RefreshButton>
          )}
          {toBackfill.length > 1 && (
            <ActButton needs="run" size="xs" onClick={() => onBackfill(toBackfill)}>
              Backfill all {toBackfill.length}…
            </ActButton>
          )}
        </div>
      </div>
      {ordered.length === 0 && (
        <p className={classes.none}>
          Nothing. A date appears here when its data are due and some game lacks box scores, play-by-play, or
          its rows in silver.
        </p>
      )}
      <ul>
        {shown.map((summary) => (
          <li key={summary.date} className={classes.item} data-open={summary.date === open || undefined}>
            <span className={classes.glyph} data-tone={DATE_STATE[summary.state].tone}>
              <StateGlyph state={summary.state} size={13} />
            </span>
            <button type="button" className={classes.text} onClick={() => onOpen(summary.date)}>
              <span>
                <b>{shortLabel(summary.date)}</b> · {firstSentence(summary.advice.text)}
              </span>
              <span className={classes.detail}>
                {summary.lacking.length < summary.expected ? (
                  lackingText(summary)
                ) : (
                  <>
                    {DATE_STATE[summary.state].label} · due <RelativeTime at={summary.dueAt} />
                  </>
                )}
              </span>
            </button>
            <StepButton summary={summary} run={activeRuns.get(summary.date)} onBackfill={onBackfill} />
          </li>
        ))}
      </ul>
      {ordered.length > shown.length && (
        <button type="button" className={classes.more} onClick={() => setAll(true)}>
          Show all {ordered.length}
        </button>
      )}
    </section>
  );
}

const NAMED_GAMES = 3;

/** `partial: LAL @ PHX, BKN @ CHA, UTA @ SAC and 2 more` */
function lackingText({ lacking, state }: DateSummary): string {
  const named = lacking.slice(0, NAMED_GAMES).map((game) => game.game);
  const rest = lacking.length - named.length;
  return `${DATE_STATE[state].label}: ${named.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}

/** What is wrong; how to mend it stands in the date's panel. */
function firstSentence(text: string): string {
  return text.split(". ", 1)[0] ?? text;
}
