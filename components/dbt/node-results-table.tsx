"use client";

import { useEffect, useLayoutEffect, useRef } from "react";
import { GlyphDrawing } from "@/components/freshness/state-glyph";
import { useSeconds } from "@/components/runs/use-seconds";
import type { DbtNodeResult } from "@/lib/contracts/run-kinds/dbt";
import classes from "./node-results-table.module.css";
import { hasFailed, NODE_STATUS } from "./node-status";
import { nodeSecondsText, slownessOf } from "./order-node-results";

/** How near its end still counts as looking at it: about a row. */
const NEAR_PX = 32;

type TableProps = {
  nodes: DbtNodeResult[];
  /** Further nodes come at its end, which stays in view. */
  growing: boolean;
  onSql: (node: DbtNodeResult) => void;
};

/** Nodes of a build in rows; where the screen is narrow a row's message goes below it. */
export function NodeResultsTable({ nodes, growing, onSql }: TableProps) {
  const frame = useEndInView(growing, nodes.length);
  const longest = Math.max(
    ...nodes.map(({ seconds, usualSeconds }) => Math.max(seconds ?? 0, usualSeconds ?? 0)),
  );
  return (
    <section
      ref={frame}
      className={classes.frame}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a long table is scrolled by keyboard
      tabIndex={0}
      aria-label={growing ? "Models and tests, as they started" : "Models and tests, worst first"}
    >
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col" className={classes.stateHead}>
              State
            </th>
            <th scope="col" className={classes.nodeHead}>
              Node
            </th>
            <th scope="col" className={`${classes.end} ${classes.timeHead}`}>
              Time
            </th>
            <th scope="col" className={classes.barHead}>
              <span className={classes.hidden}>Against the others</span>
            </th>
            <th scope="col" className={`${classes.end} ${classes.usualHead}`}>
              Usual
            </th>
            <th scope="col" className={`${classes.end} ${classes.rowsHead}`}>
              Rows
            </th>
            <th scope="col">Message</th>
          </tr>
        </thead>
        <tbody>
          {nodes.map((node) => (
            <NodeRow key={node.uniqueId} node={node} longest={longest} onSql={onSql} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Keeps the end of a growing list in view for as long as the reader does not scroll away from it. */
function useEndInView(growing: boolean, rows: number) {
  const frame = useRef<HTMLElement>(null);
  const atEnd = useRef(true);
  useEffect(() => {
    const view = frame.current;
    if (!view) return;
    const onScroll = () => {
      atEnd.current = view.scrollHeight - view.scrollTop - view.clientHeight <= NEAR_PX;
    };
    view.addEventListener("scroll", onScroll, { passive: true });
    return () => view.removeEventListener("scroll", onScroll);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each row that comes moves the end
  useLayoutEffect(() => {
    const view = frame.current;
    if (view && growing && atEnd.current) view.scrollTop = view.scrollHeight;
  }, [growing, rows]);
  // Once it has ended the worst stands at the top, and is what is looked for.
  useLayoutEffect(() => {
    if (!growing && frame.current && atEnd.current) frame.current.scrollTop = 0;
  }, [growing]);
  return frame;
}

function NodeRow({
  node,
  longest,
  onSql,
}: { node: DbtNodeResult; longest: number } & Pick<TableProps, "onSql">) {
  const { label, glyph, tone } = NODE_STATUS[node.status];
  const slowness = slownessOf(node);
  // Of what went well dbt says only what PostgreSQL answered: `INSERT 0 4530`.
  const told = node.status === "success" || node.status === "pass" ? null : node.message;
  // A test's rows are its failures.
  const rows = node.type.endsWith("test") && node.rows === 0 ? null : node.rows;
  return (
    <tr data-tone={tone}>
      <td className={classes.state}>
        <span className={classes.word} data-tone={tone}>
          <GlyphDrawing glyph={glyph} size={11} />
          {label}
        </span>
      </td>
      <th scope="row" className={classes.node}>
        <span className={classes.name} title={node.uniqueId}>
          {node.name}
        </span>
        {node.type !== "model" && <span className={classes.type}>{node.type.replace("_", " ")}</span>}
      </th>
      <td className={classes.time}>
        <span className={slowness === null ? undefined : classes.slow}>
          <NodeTime node={node} />
        </span>
      </td>
      <td className={classes.bar} aria-hidden>
        <TimeBar node={node} longest={longest} />
      </td>
      <td className={classes.usual}>
        {node.usualSeconds === null ? (
          <span className={classes.dash}>–</span>
        ) : (
          nodeSecondsText(node.usualSeconds)
        )}
      </td>
      <td className={classes.rows}>
        {rows === null ? <span className={classes.dash}>–</span> : rows.toLocaleString("en-US")}
      </td>
      <td className={classes.message}>
        <div className={classes.words}>
          {slowness !== null && <span className={classes.times}>{slowness.toFixed(1)}× its usual time</span>}
          {told && (
            <span className={classes.text} data-loud={hasFailed(node.status) || undefined} title={told}>
              {told}
            </span>
          )}
          {node.hasSql && (
            <button
              type="button"
              className={classes.sql}
              aria-label={`Compiled SQL of ${node.name}`}
              onClick={() => onSql(node)}
            >
              SQL
            </button>
          )}
        </div>
      </td>
    </tr>
  );
}

function NodeTime({ node }: { node: DbtNodeResult }) {
  const running = node.status === "running" && node.startedAt !== null;
  const now = useSeconds(running);
  if (running && node.startedAt)
    return `${Math.max(0, Math.round((now - Date.parse(node.startedAt)) / 1000))} s`;
  return node.seconds === null ? <span className={classes.dash}>–</span> : nodeSecondsText(node.seconds);
}

/** The node's time as a length, and a mark where it usually ends. */
function TimeBar({
  node: { seconds, usualSeconds, status },
  longest,
}: {
  node: DbtNodeResult;
  longest: number;
}) {
  if (longest <= 0 || (seconds === null && usualSeconds === null)) return null;
  const share = (value: number) => `${((value / longest) * 100).toFixed(1)}%`;
  return (
    <span className={classes.track}>
      {seconds !== null && (
        <span
          className={classes.length}
          data-tone={NODE_STATUS[status].tone}
          style={{ width: share(seconds) }}
        />
      )}
      {usualSeconds !== null && <span className={classes.mark} style={{ left: share(usualSeconds) }} />}
    </span>
  );
}
