"use client";

import type { ReactNode } from "react";
import { EasternTime } from "@/components/shell/relative-time";
import { assertNever } from "@/lib/assert-never";
import type { PredictionRow, PredictionSort } from "@/lib/contracts/predictions";
import type { GameDate } from "@/lib/game-date";
import { COLUMN_LOOK, type TableColumn } from "./prediction-columns";
import { edgeSentence, moneylineText, NONE, percentText, pointsText } from "./prediction-words";
import classes from "./predictions-table.module.css";
import { RowDate } from "./row-date";
import { Result, RowGame, StateMark, TipOff } from "./row-parts";
import { WinBar } from "./win-bar";

export type TableProps = {
  rows: PredictionRow[];
  today: GameDate;
  sort: PredictionSort;
  order: "asc" | "desc";
  onSort: (sort: PredictionSort, order: "asc" | "desc") => void;
};

/** More than these stand side by side only where the table scrolls. */
const MOST_THAT_FIT = 10;

/** The predictions as rows; heads sort at the server. */
export function PredictionsTable({
  columns,
  rows,
  today,
  ...sorting
}: TableProps & { columns: TableColumn[] }) {
  return (
    <div className={classes.frame} data-many={columns.length > MOST_THAT_FIT || undefined}>
      <table className={classes.table}>
        <caption className={classes.hidden}>Predictions</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <Head key={column} column={column} {...sorting} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={row.key} data-first={startsDate(rows, index, sorting.sort) || undefined}>
              {columns.map((column) => (
                <Cell key={column} column={column}>
                  {contentOf(column, row, today, startsDate(rows, index, sorting.sort))}
                </Cell>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** True on the first row of each date; sorted by anything else, on every row. */
function startsDate(rows: PredictionRow[], index: number, sort: PredictionSort): boolean {
  return sort !== "date" || rows[index]?.date === null || rows[index]?.date !== rows[index - 1]?.date;
}

function Cell({ column, children }: { column: TableColumn; children: ReactNode }) {
  if (column === "game") {
    return (
      <th scope="row" data-column={column}>
        {children}
      </th>
    );
  }
  return (
    <td data-column={column} data-numeric={COLUMN_LOOK[column].numeric || undefined}>
      {children}
    </td>
  );
}

function contentOf(column: TableColumn, row: PredictionRow, today: GameDate, first: boolean): ReactNode {
  switch (column) {
    case "date":
      return <RowDate row={row} today={today} first={first} />;
    case "tipOff":
      return <TipOff tipOff={row.tipOff} />;
    case "game":
      return <RowGame row={row} />;
    case "homeWin":
      return row.state === "predicted" ? <HomeWin row={row} /> : <StateMark state={row.state} />;
    case "awayWin":
      return quietNone(percentText(row.awayWin));
    case "awayMoneyline":
      return quietNone(moneylineText(row.awayMoneyline));
    case "homeMoneyline":
      return quietNone(moneylineText(row.homeMoneyline));
    case "awayMarket":
      return quietNone(percentText(row.market?.away ?? null));
    case "homeMarket":
      return quietNone(percentText(row.market?.home ?? null));
    case "margin":
      return quietNone(percentText(row.market?.margin ?? null));
    case "edge":
      return <Edge row={row} />;
    case "result":
      return <Result row={row} today={today} />;
    case "firstWritten":
      return row.firstWrittenAt ? <EasternTime at={row.firstWrittenAt} /> : quietNone(NONE);
    default:
      return assertNever(column);
  }
}

function HomeWin({ row }: { row: PredictionRow }) {
  return (
    <span className={classes.homeWin} title={edgeSentence(row)}>
      <b>{percentText(row.homeWin)}</b>
      <WinBar homeWin={row.homeWin} market={row.market} />
    </span>
  );
}

function Edge({ row }: { row: PredictionRow }) {
  if (row.edge === null) return quietNone(NONE);
  return (
    <span className={classes.edge} data-above={row.edge > 0 || undefined} title={edgeSentence(row)}>
      {pointsText(row.edge)}
    </span>
  );
}

function quietNone(text: string): ReactNode {
  return text === NONE ? <span className={classes.quiet}>{NONE}</span> : text;
}

function Head({
  column,
  sort,
  order,
  onSort,
}: { column: TableColumn } & Pick<TableProps, "sort" | "order" | "onSort">) {
  const { label, head = label, explains, sorts, numeric } = COLUMN_LOOK[column];
  const sorted = sorts.some(({ by }) => by === sort);
  return (
    <th
      scope="col"
      title={explains}
      data-column={column}
      data-numeric={numeric || undefined}
      aria-sort={sorted ? (order === "asc" ? "ascending" : "descending") : undefined}
    >
      {sorts.length === 0 && head}
      {sorts.map(({ by, label: name }, index) => (
        <span key={by}>
          {index > 0 && <span className={classes.at}> @ </span>}
          <button
            type="button"
            className={classes.sort}
            data-sorted={by === sort || undefined}
            onClick={() => onSort(by, nextOrder(by, sort, order))}
          >
            {name}
            <span aria-hidden className={classes.arrow}>
              {by === sort ? (order === "asc" ? "↑" : "↓") : ""}
            </span>
          </button>
        </span>
      ))}
      {column === "homeWin" && <span className={classes.key}>bar: model, mark: market</span>}
    </th>
  );
}

/** A click on what is sorted by turns the order; elsewhere names begin at A, numbers at the largest. */
export function nextOrder(by: PredictionSort, sort: PredictionSort, order: "asc" | "desc"): "asc" | "desc" {
  if (by === sort) return order === "asc" ? "desc" : "asc";
  return by === "away" || by === "home" ? "asc" : "desc";
}
