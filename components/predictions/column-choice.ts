"use client";

import { useCallback, useMemo, useSyncExternalStore } from "react";
import { useMedia, WIDE } from "@/components/shell/use-media";
import {
  defaultColumns,
  FIXED_COLUMN,
  TABLE_COLUMNS,
  type TableColumn,
  toggleColumn,
} from "./prediction-columns";

const KEY = "backcourt.predictions.columns";
/** Room for every column that is on by itself. */
const ROOMY = "(min-width: 1320px)";

/** The columns that were chosen in this browser; null where none were, or what is stored makes no sense. */
export function parseColumns(stored: string | null): TableColumn[] | null {
  if (stored === null) return null;
  const names = new Set(stored.split(","));
  const columns = TABLE_COLUMNS.filter((column) => names.has(column) || column === FIXED_COLUMN);
  return columns.length > 1 ? columns : null;
}

/** The columns of the table: those chosen in this browser, else those that the page's width has room for. */
export function useColumnChoice() {
  const stored = useSyncExternalStore(subscribe, read, () => null);
  const roomy = useMedia(ROOMY);
  const wide = useMedia(WIDE);
  const width = roomy ? "wide" : wide ? "middle" : "narrow";
  const chosen = useMemo(() => parseColumns(stored), [stored]);
  const columns = useMemo(() => chosen ?? defaultColumns(width), [chosen, width]);
  const toggle = useCallback(
    (column: TableColumn) => write(toggleColumn(columns, column).join(",")),
    [columns],
  );
  return { columns, toggle, chosen: chosen !== null, reset: useCallback(() => write(null), []) };
}

// Another tab's change comes as an event of the window; our own does not, so we send one.
const CHANGED = "backcourt:columns";

function subscribe(listener: () => void): () => void {
  window.addEventListener("storage", listener);
  window.addEventListener(CHANGED, listener);
  return () => {
    window.removeEventListener("storage", listener);
    window.removeEventListener(CHANGED, listener);
  };
}

let unsaved: string | null = null;

/** A browser that keeps nothing (private mode, a full store) still keeps it until the page is left. */
function read(): string | null {
  try {
    return localStorage.getItem(KEY) ?? unsaved;
  } catch {
    return unsaved;
  }
}

function write(value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, value);
    unsaved = null;
  } catch {
    unsaved = value;
  }
  window.dispatchEvent(new Event(CHANGED));
}
