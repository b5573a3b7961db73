import type { DateSummary } from "@/lib/contracts/coverage";
import type { RunState } from "@/lib/contracts/runs";
import type { GameDate } from "@/lib/game-date";

/** What every arrangement of the calendar draws its cells from. */
export type CalendarCells = {
  byDate: ReadonlyMap<GameDate, DateSummary>;
  today: GameDate;
  open: GameDate | null;
  selected: ReadonlySet<GameDate>;
  /** The cell that Tab reaches. */
  cursor: GameDate;
  /** Active runs by their date. */
  runs: ReadonlyMap<GameDate, RunState>;
};
