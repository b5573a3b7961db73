"use client";

import { useClipboard, useLocalStorage } from "@mantine/hooks";
import { IconArrowBarToDown } from "@tabler/icons-react";
import { type CSSProperties, type KeyboardEvent, useCallback, useEffect, useRef, useState } from "react";
import { isTyping } from "@/components/shell/is-typing";
import { useLiveState } from "@/components/shell/live-provider";
import { PHONE, useMedia } from "@/components/shell/use-media";
import type { RunDetail } from "@/lib/contracts/runs";
import { EmptyLog, LogTrouble, TruncatedNotice } from "./log-notices";
import { LogRow } from "./log-row";
import { LogToolbar } from "./log-toolbar";
import classes from "./log-viewer.module.css";
import { positionOf, stepThrough } from "./step-through";
import { useLogScroll } from "./use-log-scroll";
import { useRunLog } from "./use-run-log";

/** A finished log of more lines than this offers a way to its end. */
const LONG_LOG = 100;

/** A line to bring into view; a new object asks again, even for the same line. */
export type LineJump = { seq: number };

type Props = {
  run: RunDetail;
  /** The line that the URL points to. */
  linkedLine: number | null;
  jump: LineJump | null;
  onLink: (seq: number) => void;
};

/** A run's log: all of it, live, searchable, each line with a link of its own. Give it a `key` of the run's id. */
export function LogViewer({ run, linkedLine, jump, onLink }: Props) {
  const { store, version, status, total, problem } = useRunLog(run);
  const narrow = useMedia(PHONE);
  const [timeChoice, setTimeChoice] = useLocalStorage<"shown" | "hidden" | null>({
    key: "backcourt.log.times",
    defaultValue: null,
  });
  const showTime = timeChoice === null ? !narrow : timeChoice === "shown";
  const digits = Math.max(3, String(store.lastSeq).length);
  const loading = status === "loading";
  const scroll = useLogScroll({ store, version, loading, digits, showTime, startsFollowing: jump === null });

  const [query, setQuery] = useState("");
  const [current, setCurrent] = useState<number | null>(null);
  const [notice, setNotice] = useState("");
  const matches = store.search(query);
  const searchRef = useRef<HTMLInputElement>(null);
  const linesRef = useRef<HTMLDivElement | null>(null);
  const clipboard = useClipboard({ timeout: 2_000 });

  const { goTo, setScroller } = scroll;
  const setLines = useCallback(
    (element: HTMLDivElement | null) => {
      linesRef.current = element;
      setScroller(element);
    },
    [setScroller],
  );
  const show = (seq: number | null) => {
    setCurrent(seq);
    if (seq !== null) goTo(seq);
  };
  const search = (text: string) => {
    setQuery(text);
    show(stepThrough(store.search(text), scroll.firstVisibleSeq() - 1, "next"));
  };
  const leaveSearch = () => {
    setQuery("");
    setCurrent(null);
    linesRef.current?.focus({ preventScroll: true });
  };

  useSlashKey(searchRef);
  useJump(jump, store.lastSeq, goTo);

  const pick = useCallback(
    (seq: number) => {
      onLink(seq);
      const url = new URL(window.location.href);
      url.searchParams.set("line", String(seq));
      // Without a secure origin there is no clipboard; the address bar holds the link all the same.
      const copied = navigator.clipboard?.writeText(url.href) ?? Promise.reject(new Error("no clipboard"));
      copied.then(
        () => setNotice(`Link to line ${seq} copied.`),
        () => setNotice(`The address bar now points to line ${seq}.`),
      );
    },
    [onLink],
  );
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "End") scroll.goToLatest();
    else if (event.key === "Home") goTo(1);
    else return;
    event.preventDefault();
  };

  const live = useLiveState();
  const following = status === "following";
  const lost = jump !== null && status === "complete" && jump.seq > store.lastSeq;
  return (
    <section className={classes.panel} aria-label="Log" style={{ "--digits": digits } as CSSProperties}>
      <LogToolbar
        count={countText(store.lastSeq, loading ? total : null)}
        growing={following}
        live={following && live === "live"}
        searchRef={searchRef}
        query={query}
        matches={matches.length}
        position={positionOf(matches, current)}
        onQuery={search}
        onStep={(direction) => show(stepThrough(matches, current, direction))}
        onLeaveSearch={leaveSearch}
        errors={store.errorSeqs.length}
        onError={(direction) => show(stepThrough(store.errorSeqs, current, direction))}
        showTime={showTime}
        onShowTime={(shown) => setTimeChoice(shown ? "shown" : "hidden")}
        following={scroll.following}
        onFollow={scroll.goToLatest}
        copied={clipboard.copied}
        onCopy={() => clipboard.copy(store.toText())}
      />
      <div className={classes.ground}>
        <LogTrouble live={following ? live : "live"} problem={problem} />
        {/* A live region would read out a flood of lines; state changes are announced below instead. */}
        <div
          ref={setLines}
          className={classes.lines}
          style={{ "--lines": Math.max(store.lastSeq, run.log.lines) } as CSSProperties}
          role="log"
          aria-label="Lines of the log"
          aria-live="off"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroll region must be reachable by keyboard
          tabIndex={0}
          onKeyDown={onKeyDown}
        >
          {store.lastSeq === 0 && <EmptyLog run={run} loading={loading} />}
          <div style={{ height: store.lastSeq === 0 ? 0 : scroll.contentHeight }}>
            <div style={{ transform: `translateY(${scroll.rows[0]?.start ?? 0}px)` }}>
              {scroll.rows.map(({ index }) => {
                const line = store.line(index + 1);
                return (
                  line && (
                    <div key={index} data-index={index} ref={scroll.measureRow}>
                      <LogRow
                        line={line}
                        showTime={showTime}
                        query={query.toLowerCase()}
                        current={line.seq === current}
                        linked={line.seq === linkedLine}
                        onPick={pick}
                      />
                    </div>
                  )
                );
              })}
            </div>
          </div>
          {run.log.truncated && !loading && <TruncatedNotice />}
        </div>
        {!scroll.following && (following || store.lastSeq > LONG_LOG) && (
          <button type="button" className={classes.latest} onClick={scroll.goToLatest}>
            <IconArrowBarToDown size={14} aria-hidden />
            {scroll.newLines > 0
              ? newLinesText(scroll.newLines)
              : following
                ? "Jump to latest"
                : "Jump to the end"}
          </button>
        )}
      </div>
      {lost && (
        <p className={classes.lost} role="status">
          The link points to line {jump.seq}, but this log has {countText(store.lastSeq, null)}.
        </p>
      )}
      <p className={classes.hidden} role="status">
        {notice}
        {status === "complete" ? ` Log complete, ${countText(store.lastSeq, null)}.` : ""}
      </p>
    </section>
  );
}

/** `11 lines`, or how far reading them has come. */
function countText(lines: number, total: number | null): string {
  const count = lines.toLocaleString("en-US");
  if (total !== null && total > lines) return `${count} of ${total.toLocaleString("en-US")} lines`;
  return lines === 1 ? "1 line" : `${count} lines`;
}

function newLinesText(lines: number): string {
  return lines === 1 ? "1 new line" : `${lines.toLocaleString("en-US")} new lines`;
}

/** `/` goes to the search field from anywhere on the page but another field or an open dialog. */
function useSlashKey(field: React.RefObject<HTMLInputElement | null>) {
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.key !== "/" || isTyping(event)) return;
      if (event.target instanceof HTMLElement && event.target.closest("[role=dialog]")) return;
      event.preventDefault();
      field.current?.focus();
      field.current?.select();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [field]);
}

/** Brings the asked line into view once, as soon as it is there. */
function useJump(jump: LineJump | null, lastSeq: number, goTo: (seq: number) => void) {
  const done = useRef<LineJump | null>(null);
  useEffect(() => {
    if (jump === null || done.current === jump || lastSeq < jump.seq) return;
    done.current = jump;
    goTo(jump.seq);
  }, [jump, lastSeq, goTo]);
}
