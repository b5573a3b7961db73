"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState } from "react";
import { ErrorNotice } from "@/components/shell/error-notice";
import { useStandingError } from "@/components/shell/use-standing-error";
import type { DateSummary, GameCoverage } from "@/lib/contracts/coverage";
import type { RunSummary } from "@/lib/contracts/runs";
import { type GameDate, longLabel } from "@/lib/game-date";
import { dateCoverageQuery } from "@/lib/queries/coverage-queries";
import { AsideGames } from "./aside-games";
import { DateAdvice } from "./date-advice";
import { DateHead } from "./date-head";
import classes from "./date-panel.module.css";
import { DateRuns } from "./date-runs";
import { GamesTable } from "./games-table";
import { MeasuredLine } from "./measured-line";

const WaiveDialog = dynamic(() => import("./waive-dialog").then((module) => module.WaiveDialog), {
  ssr: false,
});

export type DatePanelProps = {
  date: GameDate;
  /** The season's knowledge of the date, shown until its own answer is here. */
  known: DateSummary | undefined;
  run: RunSummary | undefined;
  onBackfill: (dates: GameDate[]) => void;
  /** Absent where the panel stays. */
  onClose?: () => void;
};

/** One date: how it stands and what helps, its games by stage, what does not count, what has run. */
export function DatePanel({ date, known, run, onBackfill, onClose }: DatePanelProps) {
  const query = useQuery(dateCoverageQuery(date));
  const standingError = useStandingError(query);
  const [waiving, setWaiving] = useState<GameCoverage | null>(null);
  const summary = query.data?.summary ?? known;
  const games = query.data?.games;
  const due = summary !== undefined && summary.state !== "upcoming" && summary.state !== "pending";
  const expected = games?.filter((game) => game.standing === "expected");
  return (
    <>
      <DateHead date={date} summary={summary} run={run} onBackfill={onBackfill} onClose={onClose} />
      {query.data?.stale && (
        <div className={classes.stale}>
          <MeasuredLine measuredAt={query.data.measuredAt} stale={query.data.stale} />
        </div>
      )}
      {summary && <DateAdvice summary={summary} waiting={run?.waiting?.text} />}
      {standingError && (
        <div className={classes.error}>
          <ErrorNotice
            title={`The games of ${longLabel(date)} could not be read`}
            error={standingError}
            onRetry={() => query.refetch()}
            retrying={query.isFetching}
          />
        </div>
      )}
      {query.isPending && !standingError && <GamesSkeleton rows={known?.expected ?? 0} />}
      {expected && expected.length > 0 && (
        <GamesTable
          date={date}
          games={expected}
          due={due}
          caption={`Games of ${longLabel(date)}`}
          onWaive={setWaiving}
        />
      )}
      {games && <AsideGames date={date} games={games} />}
      <DateRuns date={date} />
      {waiving && <WaiveDialog date={date} game={waiving} onClose={() => setWaiving(null)} />}
    </>
  );
}

function GamesSkeleton({ rows }: { rows: number }) {
  return (
    <div className={classes.skeleton} aria-busy="true">
      {Array.from({ length: rows + 1 }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows without content
        <span key={row} className={classes.bone} />
      ))}
      <span className={classes.hidden}>Reading the games…</span>
    </div>
  );
}
