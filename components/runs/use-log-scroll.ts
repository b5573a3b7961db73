"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { followAfterScroll } from "./follow";
import type { LogStore } from "./log-store";

const LINE_PX = 19;
/** JetBrains Mono at 12 px; only an estimate of heights depends on it, each row on screen is measured. */
const CHARACTER_PX = 7.2;
const NUMBER_PADDING_PX = 24;
const TIME_PX = 12 * CHARACTER_PX + 14;
const ROW_EDGES_PX = 17;
/** More than a frame's worth of a fast log, so that following never shows an empty strip. */
const OVERSCAN = 30;

type Options = {
  store: LogStore;
  version: number;
  /** While stored lines are being read: they are no news. */
  loading: boolean;
  digits: number;
  showTime: boolean;
  startsFollowing: boolean;
};

/** Rows of a log on screen, and whether the view follows its end. */
export function useLogScroll({ store, version, loading, digits, showTime, startsFollowing }: Options) {
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const [width, setWidth] = useState(0);
  const [following, setFollowing] = useState(startsFollowing);
  const [seenSeq, setSeenSeq] = useState(0);
  const previousTop = useRef(0);

  const textWidth =
    width - ROW_EDGES_PX - NUMBER_PADDING_PX - digits * CHARACTER_PX - (showTime ? TIME_PX : 0);
  const columns = width === 0 ? Number.POSITIVE_INFINITY : Math.max(8, Math.floor(textWidth / CHARACTER_PX));
  const virtualizer = useVirtualizer({
    count: store.lastSeq,
    getScrollElement: () => scroller,
    estimateSize: (index) => Math.max(1, Math.ceil(store.shownLength(index + 1) / columns)) * LINE_PX,
    overscan: OVERSCAN,
    paddingStart: 8,
    paddingEnd: 8,
  });

  // Every height depends on how many characters fit; those off screen are estimated anew.
  // biome-ignore lint/correctness/useExhaustiveDependencies: columns is the reason, not an input
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, columns]);

  useEffect(() => {
    if (!scroller) return;
    const observer = new ResizeObserver(() => setWidth(scroller.clientWidth));
    observer.observe(scroller);
    return () => observer.disconnect();
  }, [scroller]);

  useEffect(() => {
    if (!scroller) return;
    const onScroll = () => {
      const position = {
        top: scroller.scrollTop,
        height: scroller.clientHeight,
        contentHeight: scroller.scrollHeight,
      };
      const before = previousTop.current;
      previousTop.current = position.top;
      setFollowing((was) => followAfterScroll(was, before, position));
    };
    scroller.addEventListener("scroll", onScroll, { passive: true });
    return () => scroller.removeEventListener("scroll", onScroll);
  }, [scroller]);

  const contentHeight = virtualizer.getTotalSize();
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change of the content moves its end
  useLayoutEffect(() => {
    if (following && scroller) scroller.scrollTop = scroller.scrollHeight;
  }, [following, scroller, version, contentHeight]);

  // What came while the reader was elsewhere is counted from the last line seen while following.
  if ((following || loading) && seenSeq !== store.lastSeq) setSeenSeq(store.lastSeq);

  const goTo = useCallback(
    (seq: number) => {
      setFollowing(false);
      virtualizer.scrollToIndex(seq - 1, { align: "center" });
    },
    [virtualizer],
  );
  const goToLatest = useCallback(() => setFollowing(true), []);

  return {
    setScroller,
    rows: virtualizer.getVirtualItems(),
    contentHeight,
    measureRow: virtualizer.measureElement,
    firstVisibleSeq: () => (virtualizer.range?.startIndex ?? 0) + 1,
    following,
    newLines: following ? 0 : store.lastSeq - seenSeq,
    goTo,
    goToLatest,
  };
}
