"use client";

import { type KeyboardEvent, type ReactNode, useState } from "react";
import type { DbtNode, DbtStatus } from "@/lib/contracts/dbt";
import { formatSelector } from "@/lib/dbt/parse-selector";
import type { ModelGroup } from "./group-models";
import classes from "./model-grid.module.css";
import { ModelRow } from "./model-row";
import { SEARCH_ID } from "./search-id";

type ModelGridProps = {
  groups: readonly ModelGroup[];
  tests: readonly DbtNode[];
  usualTimes: DbtStatus["usualTimes"];
  selection: readonly string[];
  build: ReadonlySet<string>;
  onToggle: (selector: string) => void;
};

/** Models in rows under their layer and folder: one tab stop, arrow keys go between names and their `+`. */
export function ModelGrid({ groups, tests, usualTimes, selection, build, onToggle }: ModelGridProps) {
  /** The row that Tab comes to; the first one until another had the focus. */
  const [current, setCurrent] = useState<string | null>(null);
  const all = [...groups.flatMap(({ nodes }) => nodes), ...tests];
  const stop = all.some(({ uniqueId }) => uniqueId === current) ? current : (all[0]?.uniqueId ?? null);
  if (all.length === 0) return null;
  const rowOf = (node: DbtNode) => (
    <ModelRow
      key={node.uniqueId}
      node={node}
      usual={usualTimes[node.uniqueId]}
      selection={selection}
      inBuild={build.has(node.uniqueId)}
      isStop={node.uniqueId === stop}
      onFocus={() => setCurrent(node.uniqueId)}
      onToggle={(reach) => onToggle(formatSelector({ name: node.name, ...reach }))}
    />
  );
  return (
    <table aria-label="Models" className={classes.grid} onKeyDown={moveFocus}>
      {groups.map(({ layer, folder, nodes }) => (
        <Group key={`${layer}/${folder}`} title={layer} detail={folder}>
          {nodes.map(rowOf)}
        </Group>
      ))}
      {tests.length > 0 && (
        <Group title="tests" detail="">
          {tests.map(rowOf)}
        </Group>
      )}
    </table>
  );
}

function Group({ title, detail, children }: { title: string; detail: string; children: ReactNode }) {
  return (
    <tbody className={classes.group}>
      <tr className={classes.title}>
        <th scope="rowgroup" colSpan={3}>
          {title}
          {detail && <span className={classes.folder}> {detail}</span>}
        </th>
      </tr>
      {children}
    </tbody>
  );
}

/** Up and down between rows in the same column, left and right within a row. */
function moveFocus(event: KeyboardEvent<HTMLElement>) {
  if (event.altKey || event.ctrlKey || event.metaKey || !(event.target instanceof HTMLElement)) return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-model]")];
  const row = event.target.closest<HTMLElement>("[data-model]");
  if (!row) return;
  const buttons = buttonsOf(row);
  const column = buttons.indexOf(event.target);
  const at = rows.indexOf(row);
  const inRow = (index: number) => buttonsOf(rows[Math.max(0, Math.min(index, rows.length - 1))])[column];
  const target = targetOf(event.key, { inRow, buttons, column, at, last: rows.length - 1 });
  if (!target) return;
  event.preventDefault();
  // A row shows its `+` once the focus is in it, and what is not shown cannot have the focus.
  target.closest<HTMLElement>("[data-model]")?.querySelector<HTMLElement>("button")?.focus();
  target.focus();
}

type Place = {
  inRow: (index: number) => HTMLElement | undefined;
  buttons: HTMLElement[];
  column: number;
  at: number;
  last: number;
};

function targetOf(key: string, { inRow, buttons, column, at, last }: Place): HTMLElement | null | undefined {
  switch (key) {
    case "ArrowDown":
      return inRow(at + 1);
    case "ArrowUp":
      return at === 0 ? document.getElementById(SEARCH_ID) : inRow(at - 1);
    case "ArrowRight":
      return buttons[column + 1];
    case "ArrowLeft":
      return buttons[column - 1];
    case "Home":
      return inRow(0);
    case "End":
      return inRow(last);
    default:
      return null;
  }
}

function buttonsOf(row: HTMLElement | undefined): HTMLElement[] {
  return [...(row?.querySelectorAll<HTMLElement>("button") ?? [])];
}
