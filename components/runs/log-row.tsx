"use client";

import { type CSSProperties, type MouseEvent, memo, useMemo } from "react";
import type { LogLine } from "@/lib/contracts/log";
import { ansiSpans, markMatches, plainText, type Span } from "./ansi-spans";
import { formatLogTime } from "./format-log-time";
import { lineLevel } from "./line-level";
import classes from "./log-row.module.css";

type Props = {
  seq: number;
  /** Undefined until it has been read. */
  line: LogLine | undefined;
  /** Rows that it takes, as far as is known: what stands in its place until then. */
  rows: number;
  showTime: boolean;
  /** Lower case; empty when nothing is searched. */
  query: string;
  current: boolean;
  linked: boolean;
  /** Where Tab leads to; the arrow keys go on from there. */
  tabStop: boolean;
  onPick: (seq: number, extend: boolean) => void;
};

/** One line of a log: its number (a link to it), its time, its text in its own colours. */
export const LogRow = memo(function LogRow(props: Props) {
  const { seq, line, showTime, current, linked } = props;
  const level = useMemo(() => (line ? lineLevel(plainText(line.text)) : null), [line]);
  const pick = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    props.onPick(seq, event.shiftKey);
  };
  return (
    <div
      className={classes.row}
      style={line ? undefined : ({ "--rows": props.rows } as CSSProperties)}
      data-seq={seq}
      data-level={level ?? undefined}
      data-channel={line?.channel}
      data-current={current || undefined}
      data-linked={linked || undefined}
    >
      <a
        className={classes.number}
        href={`?line=${seq}`}
        tabIndex={props.tabStop ? 0 : -1}
        aria-label={`Link to line ${seq}`}
        onMouseDown={keepSelection}
        onClick={pick}
      >
        {seq}
      </a>
      {showTime && line && (
        <time className={classes.time} dateTime={line.at} title={line.at}>
          {formatLogTime(line.at)}
        </time>
      )}
      {line ? (
        <LineText text={line.text} query={props.query} />
      ) : (
        <span className={classes.unread} aria-hidden />
      )}
    </div>
  );
});

/** A click with Shift extends the linked lines, not the browser's selection of text. */
function keepSelection(event: MouseEvent) {
  if (event.shiftKey) event.preventDefault();
}

function LineText({ text, query }: { text: string; query: string }) {
  const spans = useMemo(() => ansiSpans(text), [text]);
  const pieces = useMemo(() => markMatches(spans, query), [spans, query]);
  return (
    <span className={classes.text}>
      {pieces.map(({ span, match }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a line never move
        <Piece key={index} span={span} match={match} />
      ))}
    </span>
  );
}

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
