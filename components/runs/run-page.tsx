"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryState } from "nuqs";
import { useCallback, useEffect, useRef, useState } from "react";
import type { RunDetail } from "@/lib/contracts/runs";
import { RequestError } from "@/lib/queries/fetch-json";
import { runQuery } from "@/lib/queries/run-queries";
import { isFinal } from "@/lib/runs/run-states";
import { KIND_VIEWS } from "./kinds/kind-views";
import { type LineRange, lineRangeParser } from "./line-range";
import { LoadError } from "./load-error";
import { type LineJump, LogViewer } from "./log-viewer";
import { ReceiptStrip } from "./receipt-strip";
import { RunHeader } from "./run-header";
import { RunNotFound } from "./run-not-found";
import classes from "./run-page.module.css";
import { RunSkeleton } from "./run-skeleton";
import { runTitle } from "./run-title";
import { WhatRan } from "./what-ran";

/** One run: its receipt first, then its log, beside it what it changed in detail and what was executed. */
export function RunPage({ id }: { id: string }) {
  const { data: run, error, refetch, isFetching } = useQuery(runQuery(id));
  if (run) return <LoadedRun key={run.id} run={run} stale={error} />;
  if (error instanceof RequestError && error.code === "not-found") return <RunNotFound />;
  if (error) return <LoadError what="This run" error={error} onRetry={refetch} retrying={isFetching} />;
  return <RunSkeleton />;
}

function LoadedRun({ run, stale }: { run: RunDetail; stale: Error | null }) {
  const [linked, setLinked] = useQueryState(
    "line",
    lineRangeParser.withOptions({ history: "replace", scroll: false }),
  );
  const [jump, setJump] = useState<LineJump | null>(() => linked && { seq: linked.from });
  const logRef = useRef<HTMLDivElement>(null);
  const link = useCallback((lines: LineRange) => void setLinked(lines), [setLinked]);
  const goToLine = useCallback(
    (seq: number) => {
      void setLinked({ from: seq, to: seq });
      setJump({ seq });
      logRef.current?.scrollIntoView({ block: "nearest" });
    },
    [setLinked],
  );
  useTabTitle(runTitle(run));

  const { Main, Side, Next } = KIND_VIEWS[run.kind];
  // Who has watched a run keeps what is on screen in its place when it ends: what is new comes below.
  const [watched] = useState(() => !isFinal(run.state));
  const next = Next && isFinal(run.state) && <Next run={run} onLine={goToLine} />;
  return (
    <>
      <RunHeader run={run} />
      {stale && (
        <p className={classes.stale} role="status">
          {stale.message} What you see is from before.
        </p>
      )}
      <ReceiptStrip run={run} />
      <div className={classes.columns}>
        {next && !watched && <div className={classes.now}>{next}</div>}
        <div className={classes.main}>
          {Main && <Main run={run} onLine={goToLine} />}
          <div ref={logRef} className={classes.log}>
            <LogViewer run={run} linked={linked} jump={jump} onLink={link} />
          </div>
        </div>
        <div className={classes.side}>
          {watched && <WhatRan run={run} />}
          {watched && next}
          {Side && <Side run={run} onLine={goToLine} />}
          {!watched && <WhatRan run={run} />}
        </div>
      </div>
    </>
  );
}

/** A run that is left to itself in another tab shows there how it ended. The next page brings its own title. */
function useTabTitle(title: string) {
  useEffect(() => {
    document.title = `${title} · Backcourt`;
  }, [title]);
}
