"use client";

import { type CSSProperties, type MouseEvent, memo, useMemo } from "react";
import type { LogLine } from "@/lib/contracts/log";
import { ansiSpans, markMatches, plainText, type Span } from "./ansi-spans";
import { formatLogTime } from "./format-log-time";
import { lineLevel } from "./line-level";
import classes from "./log-row.module.css";

type Props = {
  line: LogLine;
  showTime: boolean;
  /** Lower case; empty when nothing is searched. */
  query: string;
  current: boolean;
  linked: boolean;
  onPick: (seq: number) => void;
};

/** One line of a log: its number (a link to it), its time, its text in its own colours. */
export const LogRow = memo(function LogRow({ line, showTime, query, current, linked, onPick }: Props) {
  const spans = useMemo(() => ansiSpans(line.text), [line.text]);
  const pieces = useMemo(() => markMatches(spans, query), [spans, query]);
  const level = useMemo(() => lineLevel(plainText(line.text)), [line.text]);
  const pick = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    onPick(line.seq);
  };
  return (
    <div
      className={classes.row}
      data-level={level ?? undefined}
      data-channel={line.channel}
      data-current={current || undefined}
      data-linked={linked || undefined}
    >
      {/* Not in the tab order: a hundred stops before the rest of the page would help nobody. */}
      <a
        className={classes.number}
        href={`?line=${line.seq}`}
        tabIndex={-1}
        aria-label={`Link to line ${line.seq}`}
        onClick={pick}
      >
        {line.seq}
      </a>
      {showTime && (
        <time className={classes.time} dateTime={line.at} title={line.at}>
          {formatLogTime(line.at)}
        </time>
      )}
      <span className={classes.text}>
        {pieces.map(({ span, match }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a line never move
          <Piece key={index} span={span} match={match} />
        ))}
      </span>
    </div>
  );
});

function Piece({ span, match }: { span: Span; match: boolean }) {
  const content = match ? <mark className={classes.match}>{span.text}</mark> : span.text;
  const plain = !(
    span.color ||
    span.background ||
    span.bold ||
    span.dim ||
    span.italic ||
    span.underline ||
    span.strike
  );
  if (plain) return content;
  return (
    <span
      className={classes.span}
      style={customColors(span)}
      data-color={span.color === null ? undefined : nameOf(span.color)}
      data-background={span.background === null ? undefined : nameOf(span.background)}
      data-bold={span.bold || undefined}
      data-dim={span.dim || undefined}
      data-italic={span.italic || undefined}
      data-line={span.strike ? "strike" : span.underline ? "underline" : undefined}
    >
      {content}
    </span>
  );
}

function nameOf(color: string): string {
  return color.startsWith("rgb(") ? "custom" : color;
}

/** Colours outside the palette are numbers made by ansi-spans.ts, never text of the log. */
function customColors(span: Span): CSSProperties | undefined {
  const custom: Record<string, string> = {};
  if (span.color?.startsWith("rgb(")) custom["--custom-color"] = span.color;
  if (span.background?.startsWith("rgb(")) custom["--custom-background"] = span.background;
  return Object.keys(custom).length > 0 ? custom : undefined;
}
