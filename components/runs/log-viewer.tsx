"use client";

import { IconArrowBarToDown } from "@tabler/icons-react";
import { type CSSProperties, type KeyboardEvent, useCallback, useEffect, useRef } from "react";
import { useLiveState } from "@/components/shell/live-provider";
import type { RunDetail } from "@/lib/contracts/runs";
import type { LineRange } from "./line-range";
import { useLogChoices } from "./log-choices";
import { EmptyLog, LinkBeyondEnd, LogTrouble, TruncatedNotice } from "./log-notices";
import { LogRow } from "./log-row";
import { LogToolbar } from "./log-toolbar";
import classes from "./log-viewer.module.css";
import { countText } from "./log-words";
import { useLineCursor } from "./use-line-cursor";
import { useLineLinks } from "./use-line-links";
import { useLogFinds } from "./use-log-finds";
import { useLogKeys } from "./use-log-keys";
import { useLogWindow } from "./use-log-window";
import { useRunLog } from "./use-run-log";

/** A finished log of more lines than this offers a way to its end. */
const LONG_LOG = 100;

/** A line to bring into view; a new object asks again, even for the same line. */
export type LineJump = { seq: number };

type Props = {
  run: RunDetail;
  /** The lines that the URL points to. */
  linked: LineRange | null;
  jump: LineJump | null;
  onLink: (lines: LineRange) => void;
};

/** A run's log: all of it, live, searchable, each line with a link of its own. Give it a `key` of the run's id. */
export function LogViewer({ run, linked, jump, onLink }: Props) {
  const { log, status, problem } = useRunLog(run, jump?.seq);
  const { showTime, setShowTime, wrap, setWrap } = useLogChoices();
  const lines = log.pages.extent;
  const loading = status === "loading";
  const following = status === "following";
  const digits = Math.max(3, String(lines).length);
  const startsAt = jump === null ? null : jump.seq;
  const view = useLogWindow({ log, digits, showTime, wrap, loading, startsAt });
  const finds = useLogFinds({ log, goTo: view.goTo, firstVisibleSeq: view.firstVisibleSeq });
  const links = useLineLinks(linked, onLink);

  const searchRef = useRef<HTMLInputElement>(null);
  const linesRef = useRef<HTMLDivElement | null>(null);
  const { goTo, setScroller } = view;
  const setLines = useCallback(
    (element: HTMLDivElement | null) => {
      linesRef.current = element;
      return setScroller(element);
    },
    [setScroller],
  );
  const focusLines = () => linesRef.current?.focus({ preventScroll: true });
  const cursor = useLineCursor({
    rows: view.rowsRef,
    first: view.first,
    last: view.last,
    lines,
    linesInView: view.linesInView,
    firstVisibleSeq: view.firstVisibleSeq,
    marked: finds.current ?? linked?.from ?? null,
    reveal: view.reveal,
    onExtend: (seq) => links.extendTo(seq),
    onLeave: focusLines,
  });
  useLogKeys({ field: searchRef, onError: finds.stepError });
  useJump(jump, lines, goTo);

  const onKeyDown = (event: KeyboardEvent) => {
    cursor.onKeyDown(event);
    if (event.isDefaultPrevented() || event.ctrlKey || event.metaKey || event.altKey) return;
    if (["ArrowUp", "PageUp", "Home"].includes(event.key)) view.letGo();
    if (event.key === "End") view.goToLatest();
    else if (event.key === "Home") goTo(1);
    else return;
    event.preventDefault();
  };

  const live = useLiveState();
  const rows = [];
  for (let seq = view.first; seq <= view.last; seq += 1)
    rows.push(
      <LogRow
        key={seq}
        seq={seq}
        line={log.pages.line(seq)}
        rows={log.heights.rowsOf(seq)}
        showTime={showTime}
        query={finds.query.toLowerCase()}
        current={seq === finds.current}
        linked={linked !== null && seq >= linked.from && seq <= linked.to}
        tabStop={seq === cursor.stop}
        onPick={links.pick}
      />,
    );
  return (
    <section className={classes.panel} aria-label="Log" style={{ "--digits": digits } as CSSProperties}>
      <LogToolbar
        run={run}
        lines={lines}
        growing={following}
        live={following && live === "live"}
        searchRef={searchRef}
        finds={finds}
        onLeaveSearch={() => {
          finds.leave();
          focusLines();
        }}
        showTime={showTime}
        onShowTime={setShowTime}
        wrap={wrap}
        onWrap={setWrap}
        following={view.following}
        onFollow={view.goToLatest}
      />
      <div className={classes.ground}>
        <LogTrouble live={following ? live : "live"} problem={problem} />
        {/* A live region would read out a flood of lines; state changes are announced below instead. */}
        <div
          ref={setLines}
          className={classes.lines}
          style={{ "--lines": Math.max(lines, run.log.lines) } as CSSProperties}
          role="log"
          aria-label="Lines of the log"
          aria-live="off"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroll region must be reachable by keyboard
          tabIndex={0}
          onKeyDown={onKeyDown}
          onFocus={cursor.onFocus}
          onBlur={cursor.onBlur}
        >
          {lines === 0 && <EmptyLog run={run} loading={loading} />}
          <div className={classes.content} style={{ height: view.contentHeight }}>
            <div
              ref={view.rowsRef}
              className={classes.rows}
              data-wrap={wrap || undefined}
              style={
                {
                  transform: `translateY(${view.firstTop}px)`,
                  "--longest": log.heights.longest,
                } as CSSProperties
              }
            >
              {rows}
            </div>
          </div>
          {run.log.truncated && lines > 0 && !loading && <TruncatedNotice />}
        </div>
        {!view.following && (following || lines > LONG_LOG) && (
          <button type="button" className={classes.latest} onClick={view.goToLatest}>
            <IconArrowBarToDown size={14} aria-hidden />
            {latestText(view.newLines, following)}
          </button>
        )}
        <p className={classes.note} role="status">
          {links.notice}
        </p>
      </div>
      {jump !== null && status === "complete" && jump.seq > lines && (
        <LinkBeyondEnd seq={jump.seq} lines={lines} />
      )}
      <p className={classes.hidden} role="status">
        {status === "complete" ? `Log complete, ${countText(lines)}.` : ""}
      </p>
    </section>
  );
}

function latestText(newLines: number, growing: boolean): string {
  if (newLines > 0) return newLines === 1 ? "1 new line" : `${newLines.toLocaleString("en-US")} new lines`;
  return growing ? "Jump to latest" : "Jump to the end";
}

/** Brings the asked line into view once, as soon as it is there. */
function useJump(jump: LineJump | null, lines: number, goTo: (seq: number) => void) {
  const done = useRef<LineJump | null>(null);
  useEffect(() => {
    if (jump === null || done.current === jump || lines < jump.seq) return;
    done.current = jump;
    goTo(jump.seq);
  }, [jump, lines, goTo]);
}
