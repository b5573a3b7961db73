import type { PredictionColumn, PredictionSort } from "@/lib/contracts/predictions";

/** The table's columns in its order. */
export const TABLE_COLUMNS = [
  "date",
  "tipOff",
  "game",
  "awayWin",
  "homeWin",
  "awayMoneyline",
  "homeMoneyline",
  "awayMarket",
  "homeMarket",
  "margin",
  "edge",
  "result",
  "firstWritten",
] as const;
export type TableColumn = (typeof TABLE_COLUMNS)[number];

/** Widths of the page: a column is on by itself from the one it names on. */
export const PAGE_WIDTHS = ["narrow", "middle", "wide", "never"] as const;
export type PageWidth = Exclude<(typeof PAGE_WIDTHS)[number], "never">;

type ColumnLook = {
  label: string;
  /** As the column's head, where the whole label is too long. */
  head?: string;
  explains: string;
  /** What its head sorts by: two for a column of two names. */
  sorts: readonly { by: PredictionSort; label: string }[];
  csv: readonly PredictionColumn[];
  numeric: boolean;
  from: (typeof PAGE_WIDTHS)[number];
};

export const COLUMN_LOOK: Record<TableColumn, ColumnLook> = {
  date: {
    label: "Game date",
    explains: "US Eastern calendar date",
    sorts: [{ by: "date", label: "Game date" }],
    csv: ["date"],
    numeric: false,
    from: "narrow",
  },
  tipOff: {
    label: "Tip-off ET",
    explains: "as the schedule writes it, US Eastern time; your own time on hover",
    sorts: [],
    csv: ["tipOff"],
    numeric: false,
    from: "narrow",
  },
  game: {
    label: "Game",
    explains: "away @ home; the winner in bold once it is known",
    sorts: [
      { by: "away", label: "Away" },
      { by: "home", label: "Home" },
    ],
    csv: ["away", "home"],
    numeric: false,
    from: "narrow",
  },
  awayWin: {
    label: "Away win",
    explains: "the model's chance for the away team",
    sorts: [{ by: "awayWin", label: "Away win" }],
    csv: ["awayWin"],
    numeric: true,
    from: "wide",
  },
  homeWin: {
    label: "Home win",
    explains: "the model's chance for the home team; bar: model, mark: market without margin",
    sorts: [{ by: "homeWin", label: "Home win" }],
    csv: ["homeWin"],
    numeric: true,
    from: "narrow",
  },
  awayMoneyline: {
    label: "Away moneyline",
    head: "Away line",
    explains: "American odds of the away team",
    sorts: [{ by: "awayMoneyline", label: "Away line" }],
    csv: ["awayMoneyline"],
    numeric: true,
    from: "wide",
  },
  homeMoneyline: {
    label: "Home moneyline",
    head: "Home line",
    explains: "American odds of the home team",
    sorts: [{ by: "homeMoneyline", label: "Home line" }],
    csv: ["homeMoneyline"],
    numeric: true,
    from: "middle",
  },
  awayMarket: {
    label: "Implied, away",
    explains: "the away team's chance by the odds, the bookmaker's margin taken out",
    sorts: [],
    csv: ["awayMarket"],
    numeric: true,
    from: "never",
  },
  homeMarket: {
    label: "Implied, home",
    head: "Implied",
    explains: "the home team's chance by the odds, the bookmaker's margin taken out",
    sorts: [{ by: "market", label: "Implied" }],
    csv: ["homeMarket"],
    numeric: true,
    from: "narrow",
  },
  margin: {
    label: "Margin",
    explains: "by how much the two odds add up to more than 100%",
    sorts: [],
    csv: ["margin"],
    numeric: true,
    from: "never",
  },
  edge: {
    label: "Edge",
    explains: "the model's chance for the home team less the market's, in points",
    sorts: [{ by: "edge", label: "Edge" }],
    csv: ["edge"],
    numeric: true,
    from: "narrow",
  },
  result: {
    label: "Result",
    explains: "away–home, once box scores are there; ✓ where the model's favourite won, ✕ where it lost",
    sorts: [],
    csv: ["awayPoints", "homePoints", "winner", "favouriteWon"],
    numeric: false,
    from: "narrow",
  },
  firstWritten: {
    label: "First written",
    explains: "when the row was inserted; later runs of the ML program do not move it",
    sorts: [],
    csv: ["firstWrittenAt"],
    numeric: false,
    from: "never",
  },
};

/** Always there: without it a row could not be told from another. */
export const FIXED_COLUMN = "game" satisfies TableColumn;

/** The columns that a page of this width shows by itself. */
export function defaultColumns(width: PageWidth): TableColumn[] {
  const reached = PAGE_WIDTHS.indexOf(width);
  return TABLE_COLUMNS.filter((column) => PAGE_WIDTHS.indexOf(COLUMN_LOOK[column].from) <= reached);
}

/** The same with one column turned on or off, in the table's order. */
export function toggleColumn(columns: readonly TableColumn[], column: TableColumn): TableColumn[] {
  if (column === FIXED_COLUMN) return [...columns];
  const shown = new Set(columns);
  if (!shown.delete(column)) shown.add(column);
  return TABLE_COLUMNS.filter((known) => shown.has(known));
}

/** The columns of the CSV that hold what these columns show. */
export function csvColumns(columns: readonly TableColumn[]): PredictionColumn[] {
  return columns.flatMap((column) => COLUMN_LOOK[column].csv);
}
