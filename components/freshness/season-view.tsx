"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useMemo, useReducer, useRef, useState } from "react";
import { DashboardLag } from "@/components/dashboard/dashboard-lag";
import { PageHeader } from "@/components/shell/page-header";
import { tellRefusal, useRefusal } from "@/components/shell/refusal";
import { useMedia, WIDE } from "@/components/shell/use-media";
import type { Season, SeasonCoverage, WarehouseNotice } from "@/lib/contracts/coverage";
import type { GameDate } from "@/lib/game-date";
import { activeRunsQuery, runsByDate } from "./active-runs";
import { AttentionList } from "./attention-list";
import { CalendarPanel } from "./calendar-panel";
import { DATE_TITLE_ID } from "./date-head";
import { DatePanel } from "./date-panel";
import { EMPTY_SELECTION, isSelectable, type SelectionAction, selectDates } from "./date-selection";
import { countText } from "./day-label";
import classes from "./freshness-page.module.css";
import { outsideText, type useFreshnessUrl } from "./freshness-url";
import { MeasuredLine } from "./measured-line";
import { Notices } from "./notices";
import { orderAttention } from "./order-attention";
import { SeasonTitle } from "./season-title";
import { SelectionBar } from "./selection-bar";
import { summarizeSeason } from "./summarize-season";
import { SummaryStrip } from "./summary-strip";
import { useEscape } from "./use-escape";

const BackfillDialog = dynamic(() => import("./backfill-dialog").then((module) => module.BackfillDialog), {
  ssr: false,
});
const DateSheet = dynamic(() => import("./date-sheet").then((module) => module.DateSheet), { ssr: false });

type SeasonViewProps = {
  coverage: SeasonCoverage;
  season: Season;
  url: ReturnType<typeof useFreshnessUrl>;
  /** The numbers are still another season's. */
  switching: boolean;
  /** Why the latest reading failed; the numbers are the ones before it. */
  failed: Error | null;
};

/** A season whose coverage is known. */
export function SeasonView({ coverage, season, url, switching, failed }: SeasonViewProps) {
  const { dates } = coverage;
  const wide = useMedia(WIDE, true);
  const [ordered, setOrdered] = useState<GameDate[] | null>(null);
  const refusal = useRefusal("run");
  // The calendar's key has no button that would say it.
  const order = refusal === null ? setOrdered : () => tellRefusal(refusal);
  /** What opened the date, to which the focus goes back. */
  const opener = useRef<HTMLElement | null>(null);
  const [selecting, setSelecting] = useState(false);
  const selectable = useMemo(() => dates.filter(isSelectable).map((summary) => summary.date), [dates]);
  const [selection, select] = useReducer(
    (current: typeof EMPTY_SELECTION, action: SelectionAction) => selectDates(current, action, selectable),
    EMPTY_SELECTION,
  );
  const active = useQuery({ ...activeRunsQuery(), select: runsByDate });
  const activeRuns = active.data ?? NO_RUNS;
  const runStates = useMemo(
    () => new Map([...activeRuns].map(([date, run]) => [date, run.state])),
    [activeRuns],
  );
  const summary = useMemo(() => summarizeSeason(dates), [dates]);
  const byDate = useMemo(() => new Map(dates.map((day) => [day.date, day])), [dates]);
  // Beside the list there is always a date: the worst one, until another is opened.
  const fallback = orderAttention(dates)[0]?.date ?? latestPlayed(coverage) ?? dates[0]?.date ?? null;
  const shown = url.date ?? (wide ? fallback : null);
  const outside = url.date !== null && (url.date < season.firstDate || url.date > season.lastDate);
  const elsewhere = coverage.seasons.find(
    ({ firstDate, lastDate }) => outside && isWithin(url.date, firstDate, lastDate),
  );
  const problems = outside && url.date ? [...url.problems, outsideText(url.date, season)] : url.problems;

  useEscape(() => {
    if (selection.dates.size > 0) select({ type: "clear" });
    else if (selecting) setSelecting(false);
    else close();
  });

  function close() {
    url.setDate(null);
    const back = opener.current?.isConnected ? opener.current : cellOf(url.date);
    opener.current = null;
    requestAnimationFrame(() => back?.focus({ preventScroll: true }));
  }

  function open(date: GameDate, by: "pointer" | "keyboard" = "pointer") {
    opener.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    url.setDate(date);
    // Below the wide layout a sheet opens, which takes the focus itself.
    if (by === "keyboard" && wide)
      requestAnimationFrame(() => document.getElementById(DATE_TITLE_ID)?.focus());
  }

  const panel = shown && {
    date: shown,
    known: byDate.get(shown),
    run: activeRuns.get(shown),
    onBackfill: order,
    onClose: url.date ? close : undefined,
  };

  return (
    <div className={classes.page} aria-busy={switching} data-switching={switching || undefined}>
      <PageHeader
        title={<SeasonTitle season={season} seasons={coverage.seasons} onSeason={url.setSeason} />}
        sub={
          <span className={classes.sub}>
            {countText(summary.dates.played, "game date")} played,{" "}
            {countText(summary.games.scheduled, "game")} scheduled
          </span>
        }
        actions={
          <>
            <DashboardLag />
            <MeasuredLine measuredAt={coverage.measuredAt} stale={coverage.stale} failed={failed} />
          </>
        }
      />
      {problems.length > 0 && (
        <div className={classes.problems} role="alert">
          {problems.map((problem) => (
            <span key={problem}>{problem}</span>
          ))}
          {elsewhere && (
            <a href={`/?season=${elsewhere.id}&date=${url.date}`}>Show season {elsewhere.label}</a>
          )}
        </div>
      )}
      <Notices notices={noticesOf(coverage)} />
      <SummaryStrip coverage={coverage} summary={summary} onOpen={open} />
      <CalendarPanel
        coverage={coverage}
        summary={summary}
        open={shown}
        selected={selection.dates}
        runs={runStates}
        selecting={selecting}
        onSelecting={setSelecting}
        select={select}
        onOpen={open}
        onBackfill={order}
      />
      <div className={classes.columns}>
        <AttentionList
          dates={dates}
          open={shown}
          activeRuns={activeRuns}
          onOpen={(date) => open(date)}
          onBackfill={order}
        />
        {wide && panel && (
          <section className={classes.date} aria-labelledby={DATE_TITLE_ID}>
            <DatePanel key={panel.date} {...panel} />
          </section>
        )}
      </div>
      {!wide && <DateSheet panel={panel || null} onClose={close} />}
      <SelectionBar dates={dates} selected={selection.dates} select={select} onBackfill={order} />
      {ordered && (
        <BackfillDialog
          dates={ordered}
          onClose={() => setOrdered(null)}
          onOrdered={() => select({ type: "clear" })}
        />
      )}
    </div>
  );
}

const NO_RUNS: ReturnType<typeof runsByDate> = new Map();

/** What the warehouse lacks, predictions included. */
function noticesOf({ notices, predictionsProblem }: SeasonCoverage): WarehouseNotice[] {
  if (predictionsProblem === null) return notices;
  return [...notices, { code: "not-measured", message: predictionsProblem }];
}

function cellOf(date: GameDate | null): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[role="gridcell"][data-date="${date}"]`);
}

function isWithin(date: GameDate | null, first: GameDate, last: GameDate): boolean {
  return date !== null && date >= first && date <= last;
}

function latestPlayed({ dates, today }: SeasonCoverage): GameDate | undefined {
  return dates.findLast((summary) => summary.expected > 0 && summary.date < today)?.date;
}
