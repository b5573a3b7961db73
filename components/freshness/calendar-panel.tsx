"use client";

import { useMemo, useState } from "react";
import type { SeasonCoverage } from "@/lib/contracts/coverage";
import type { GameDate } from "@/lib/game-date";
import { Calendar, type CalendarProps } from "./calendar";
import classes from "./calendar-panel.module.css";
import { DATE_STATE } from "./date-state";
import { dayLabel } from "./day-label";
import { Legend } from "./legend";
import { StateGlyph } from "./state-glyph";
import type { SeasonSummary } from "./summarize-season";

type CalendarPanelProps = Omit<CalendarProps, "onPoint" | "dates" | "today" | "label"> & {
  coverage: SeasonCoverage;
  summary: SeasonSummary;
  onSelecting: (selecting: boolean) => void;
};

/** The calendar with its reading line, its legend and the switch for selecting by plain taps. */
export function CalendarPanel({ coverage, summary, onSelecting, ...calendar }: CalendarPanelProps) {
  const [pointed, setPointed] = useState<GameDate | null>(null);
  return (
    <section className={classes.panel} aria-labelledby="calendar-title">
      <div className={classes.head}>
        <h2 id="calendar-title">Freshness by game date</h2>
        <Reading coverage={coverage} date={pointed} runs={calendar.runs} />
        <button
          type="button"
          className={classes.selecting}
          aria-pressed={calendar.selecting}
          onClick={() => onSelecting(!calendar.selecting)}
        >
          {calendar.selecting ? "Done selecting" : "Select dates"}
        </button>
      </div>
      <Calendar
        {...calendar}
        dates={coverage.dates}
        today={coverage.today}
        label={`Season ${coverage.season?.label ?? ""} by game date`}
        onPoint={setPointed}
      />
      <div className={classes.legend}>
        <Legend count={summary.count} />
      </div>
    </section>
  );
}

/** What the cell under the mouse or the focus says, in words; without one, what the bars are. */
function Reading({
  coverage,
  date,
  runs,
}: {
  coverage: SeasonCoverage;
  date: GameDate | null;
  runs: CalendarProps["runs"];
}) {
  const byDate = useMemo(
    () => new Map(coverage.dates.map((summary) => [summary.date, summary])),
    [coverage.dates],
  );
  const summary = date === null ? undefined : byDate.get(date);
  if (!summary) return <p className={classes.reading}>{barsText(coverage)}</p>;
  const look = DATE_STATE[summary.state];
  // A screen reader has the same words from the cell itself.
  return (
    <p className={classes.reading} aria-hidden>
      <span className={classes.mark} data-tone={look.tone}>
        <StateGlyph state={summary.state} size={11} />
      </span>
      {dayLabel(summary, { today: summary.date === coverage.today, run: runs.get(summary.date) ?? null })}
    </p>
  );
}

function barsText({ silverMeasured, predictionsProblem }: SeasonCoverage): string {
  const silver = silverMeasured.boxscores || silverMeasured.pbp;
  const predictions = predictionsProblem === null ? " · predictions" : "";
  return `each cell: box scores · play-by-play${predictions}${silver ? "" : "; silver is not there, so states are bronze's"}`;
}
