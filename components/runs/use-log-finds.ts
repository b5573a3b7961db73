"use client";

import { useEffect, useRef, useState } from "react";
import type { Finds, LogFinder } from "./log-finder";
import type { RunLog } from "./run-log";
import { positionOf, stepThrough } from "./step-through";

/** A long log is looked through by the server: not for every letter that is typed. */
const TYPING_MS = 180;

export type Direction = "next" | "previous";

const NOTHING: Finds = { seqs: [], total: 0, looking: false, problem: null };

type Options = {
  log: RunLog;
  goTo: (seq: number) => void;
  /** Where a new search starts: the first line in view. */
  firstVisibleSeq: () => number;
};

/** Search and errors of a log: what was found, which find is looked at, and the way to the others. */
export function useLogFinds({ log, goTo, firstVisibleSeq }: Options) {
  const [query, setQuery] = useState("");
  const [current, setCurrent] = useState<number | null>(null);
  const finder = useRef<LogFinder | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  /** A search that has not shown its first find yet, and the line from which on it may be. */
  const firstFrom = useRef<number | null>(null);
  const [typing, setTyping] = useState(false);

  const show = (seq: number | null) => {
    setCurrent(seq);
    if (seq !== null) goTo(seq);
  };
  const start = (text: string) => {
    setTyping(false);
    finder.current = log.find(text);
  };
  const search = (text: string) => {
    clearTimeout(timer.current);
    log.find(null);
    finder.current = null;
    setQuery(text);
    setCurrent(null);
    firstFrom.current = text === "" ? null : (firstFrom.current ?? firstVisibleSeq());
    if (text === "" || !log.asksServer) return start(text);
    setTyping(true);
    timer.current = setTimeout(() => start(text), TYPING_MS);
  };
  const leave = () => search("");
  useEffect(() => () => clearTimeout(timer.current), []);

  const found = finder.current?.current ?? NOTHING;
  const finds = typing ? { ...found, looking: true } : found;
  const errors = log.errors.current;

  // The first find at or behind what was in view, as soon as it is known; else, when all is known, the first.
  useEffect(() => {
    const from = firstFrom.current;
    if (from === null || typing) return;
    const ahead = finds.seqs.find((seq) => seq >= from);
    if (ahead === undefined && finds.looking) return;
    firstFrom.current = null;
    show(ahead ?? finds.seqs[0] ?? null);
  });

  const step = async (through: LogFinder | null, direction: Direction) => {
    if (!through) return;
    const { seqs, total, problem } = through.current;
    if (problem !== null) await through.look();
    const atEnd = current !== null && current >= (seqs.at(-1) ?? 0);
    if (direction === "next" && atEnd && total > seqs.length) await through.listMore();
    show(stepThrough(through.current.seqs, current, direction));
  };

  return {
    query,
    search,
    leave,
    finds,
    position: positionOf(finds.seqs, current),
    stepFind: (direction: Direction) => void step(finder.current, direction),
    errors,
    errorPosition: positionOf(errors.seqs, current),
    stepError: (direction: Direction) => void step(log.errors, direction),
    current,
  };
}
