"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { formatLineRange, type LineRange, rangeOf, rangeText } from "./line-range";

const NOTICE_MS = 2_500;

/** Links to lines: a click points the address to one and copies it, one with Shift to all from the last one. */
export function useLineLinks(linked: LineRange | null, onLink: (lines: LineRange) => void) {
  const [notice, setNotice] = useState("");
  /** Where a range begins: the line that was clicked without Shift. */
  const start = useRef(linked?.from ?? null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const say = useCallback((text: string) => {
    clearTimeout(timer.current);
    setNotice(text);
    timer.current = setTimeout(() => setNotice(""), NOTICE_MS);
  }, []);

  const extendTo = useCallback(
    (seq: number): LineRange => {
      start.current ??= seq;
      const lines = rangeOf(start.current, seq);
      onLink(lines);
      return lines;
    },
    [onLink],
  );

  const pick = useCallback(
    (seq: number, extend: boolean) => {
      if (!extend) start.current = seq;
      const lines = extendTo(seq);
      const url = new URL(window.location.href);
      url.searchParams.set("line", formatLineRange(lines));
      // Without a secure origin there is no clipboard; the address bar holds the link all the same.
      const copied = navigator.clipboard?.writeText(url.href) ?? Promise.reject(new Error("no clipboard"));
      copied.then(
        () => say(`Link to ${rangeText(lines)} copied.`),
        () => say(`The address bar now points to ${rangeText(lines)}.`),
      );
    },
    [extendTo, say],
  );

  return { notice, pick, extendTo };
}
