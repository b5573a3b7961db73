import type { DateState, DateSummary } from "@/lib/contracts/coverage";
import type { GameDate } from "@/lib/game-date";

/** The chosen dates, where a range began, and what was chosen before that range was drawn. */
export type DateSelection = {
  dates: ReadonlySet<GameDate>;
  anchor: GameDate | null;
  base: ReadonlySet<GameDate>;
};

export type SelectionAction =
  | { type: "toggle"; date: GameDate }
  /** From the anchor, or from `from` where there is none, to `to`; replaces the range drawn before. */
  | { type: "extend"; from: GameDate; to: GameDate }
  /** A new range beside what is chosen already. */
  | { type: "begin"; at: GameDate }
  | { type: "only"; dates: GameDate[] }
  | { type: "clear" };

const NONE: ReadonlySet<GameDate> = new Set();
export const EMPTY_SELECTION: DateSelection = { dates: NONE, anchor: null, base: NONE };

/** Dates that a backfill could be ordered for: not in the future, and with games or data. */
export function isSelectable(summary: DateSummary): boolean {
  const never: DateState[] = ["upcoming", "off"];
  return !never.includes(summary.state) || (summary.state === "off" && summary.unscheduled > 0);
}

/** The selection after an action; only dates of `selectable` (ascending) are ever chosen. */
export function selectDates(
  selection: DateSelection,
  action: SelectionAction,
  selectable: GameDate[],
): DateSelection {
  switch (action.type) {
    case "clear":
      return EMPTY_SELECTION;
    case "only":
      return { dates: new Set(action.dates), anchor: action.dates.at(-1) ?? null, base: NONE };
    case "begin":
      return { ...selection, anchor: action.at, base: selection.dates };
    case "toggle": {
      if (!selectable.includes(action.date)) return selection;
      const dates = new Set(selection.dates);
      if (!dates.delete(action.date)) dates.add(action.date);
      return { dates, anchor: action.date, base: dates };
    }
    case "extend": {
      const anchor = selection.anchor ?? action.from;
      const base = selection.anchor === null ? selection.dates : selection.base;
      const [first, last] = anchor <= action.to ? [anchor, action.to] : [action.to, anchor];
      const range = selectable.filter((date) => date >= first && date <= last);
      return { dates: new Set([...base, ...range]), anchor, base };
    }
  }
}
