"use client";

import { useCallback, useEffect, useLayoutEffect, useReducer, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { followAfterScroll } from "./follow";
import { measureRows, watchTouch } from "./log-rows";
import {
  type Anchor,
  anchorAt,
  anchorTop,
  drawnLines,
  firstLineAt,
  heightOf,
  LINE_PX,
  placeToReveal,
  stepOf,
  topOfLine,
} from "./log-window";
import type { RunLog } from "./run-log";

/** JetBrains Mono at 12 px; only estimates depend on it, each line on screen is measured. */
const CHARACTER_PX = 7.2;
const NUMBER_PADDING_PX = 24;
const TIME_PX = 12 * CHARACTER_PX + 14;
const ROW_EDGES_PX = 17;
/** Lines that are read before they come into view. */
const READ_AHEAD = 150;
/** A scroll that this code asked for arrives as an event, where the browser may have rounded it. */
const SAME_PX = 1.5;

type Options = {
  log: RunLog;
  digits: number;
  showTime: boolean;
  wrap: boolean;
  /** While the first lines are being read: they are no news. */
  loading: boolean;
  /** The line to open at; null for the end. */
  startsAt: number | null;
};

/** Which lines of a log are drawn and where, whatever its length; and whether the view follows its end. */
export function useLogWindow({ log, digits, showTime, wrap, loading, startsAt }: Options) {
  const { heights } = log;
  const scroller = useRef<HTMLDivElement | null>(null);
  const rows = useRef<HTMLDivElement | null>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [top, setTop] = useState(0);
  const [following, setFollowing] = useState(startsAt === null);
  const [, redraw] = useReducer((times: number) => times + 1, 0);
  const anchor = useRef<Anchor>({ seq: startsAt ?? 1, px: startsAt === null ? 0 : "middle" });
  const expectedTop = useRef(0);

  const textWidth =
    size.width - ROW_EDGES_PX - NUMBER_PADDING_PX - digits * CHARACTER_PX - (showTime ? TIME_PX : 0);
  const columns =
    size.width === 0 || !wrap ? Number.POSITIVE_INFINITY : Math.max(8, Math.floor(textWidth / CHARACTER_PX));
  useLayoutEffect(() => {
    heights.setColumns(columns);
    redraw();
  }, [heights, columns]);

  const count = heights.count;
  const contentHeight = heightOf(heights);
  const shownTop = following ? Math.max(0, contentHeight - size.height) : top;
  const { first, last } = drawnLines(heights, shownTop, size.height);

  useLayoutEffect(() => {
    if (last > 0) log.look(first - READ_AHEAD, last + READ_AHEAD);
  }, [log, first, last]);

  // After every drawing: true heights first, then what was looked at goes back to where it was.
  useLayoutEffect(() => {
    const view = scroller.current;
    if (!view || size.height === 0) return;
    if (measureRows(rows.current, log)) return redraw();
    const wanted = following ? view.scrollHeight : anchorTop(heights, anchor.current, size.height);
    const most = view.scrollHeight - view.clientHeight;
    if (Math.abs(view.scrollTop - Math.max(0, Math.min(most, wanted))) > 0.5) view.scrollTop = wanted;
    expectedTop.current = view.scrollTop;
    if (!following && stepOf(view.scrollTop) !== stepOf(top)) setTop(stepOf(view.scrollTop));
  });

  const onScroll = useCallback(() => {
    const view = scroller.current;
    if (!view || Math.abs(view.scrollTop - expectedTop.current) < SAME_PX) return;
    const previous = expectedTop.current;
    expectedTop.current = view.scrollTop;
    anchor.current = anchorAt(heights, view.scrollTop);
    const position = { top: view.scrollTop, height: view.clientHeight, contentHeight: view.scrollHeight };
    // In the same frame, or a fast scroll shows an empty strip.
    flushSync(() => {
      setFollowing((was) => followAfterScroll(was, previous, position));
      setTop(stepOf(view.scrollTop));
    });
  }, [heights]);

  /** The reader moves up: new lines must not hold the view, not even until the scroll has come through. */
  const letGo = useCallback(() => {
    const view = scroller.current;
    if (!view || view.scrollHeight <= view.clientHeight) return;
    anchor.current = anchorAt(heights, view.scrollTop);
    setTop(stepOf(view.scrollTop));
    setFollowing(false);
  }, [heights]);

  const setScroller = useCallback((element: HTMLDivElement | null) => {
    scroller.current = element;
    if (!element) return;
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = element;
      setSize((known) => (known.width === width && known.height === height ? known : { width, height }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => {
      observer.disconnect();
      scroller.current = null;
    };
  }, []);

  useEffect(() => {
    const view = scroller.current;
    if (!view) return;
    const onWheel = (event: WheelEvent) => {
      if (event.deltaY < 0) letGo();
    };
    view.addEventListener("scroll", onScroll, { passive: true });
    view.addEventListener("wheel", onWheel, { passive: true });
    const stopTouch = watchTouch(view, letGo);
    return () => {
      view.removeEventListener("scroll", onScroll);
      view.removeEventListener("wheel", onWheel);
      stopTouch();
    };
  }, [onScroll, letGo]);

  const goTo = useCallback((seq: number) => {
    anchor.current = { seq, px: "middle" };
    setFollowing(false);
    redraw();
  }, []);

  const reveal = useCallback(
    (seq: number) => {
      const view = scroller.current;
      const px = view && placeToReveal(heights, seq, view.scrollTop, view.clientHeight);
      if (px === null) return;
      anchor.current = { seq, px };
      setFollowing(false);
      redraw();
    },
    [heights],
  );
  const goToLatest = useCallback(() => setFollowing(true), []);

  return {
    setScroller,
    rowsRef: rows,
    first,
    last,
    firstTop: topOfLine(heights, first),
    contentHeight,
    following,
    newLines: useNewLines(count, following || loading),
    letGo,
    goTo,
    goToLatest,
    /** Brings a line into view by the shortest way, for a reader who steps from line to line. */
    reveal,
    firstVisibleSeq: () => firstLineAt(heights, scroller.current?.scrollTop ?? 0),
    linesInView: () => Math.max(1, Math.floor(size.height / LINE_PX) - 2),
  };
}

/** Lines that came while the reader was elsewhere, counted from the last one seen at the end. */
function useNewLines(count: number, seesEnd: boolean): number {
  const [seen, setSeen] = useState(count);
  if (seesEnd && seen !== count) setSeen(count);
  return seesEnd ? 0 : count - seen;
}
