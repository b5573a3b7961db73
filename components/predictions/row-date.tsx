import Link from "next/link";
import type { PredictionRow } from "@/lib/contracts/predictions";
import { type GameDate, longLabel, shortLabel } from "@/lib/game-date";
import classes from "./row-date.module.css";

/** A row's date, which leads to the date in Freshness; what is no date as the table writes it. */
export function RowDate({
  row: { date, dateText },
  today,
  first,
}: {
  row: Pick<PredictionRow, "date" | "dateText">;
  today: GameDate;
  /** The date's other rows repeat it without a link: one stop of the keyboard for each date. */
  first: boolean;
}) {
  if (date === null) {
    return (
      <span className={classes.odd}>{dateText === null || dateText === "" ? "empty" : `“${dateText}”`}</span>
    );
  }
  const label = date.slice(0, 4) === today.slice(0, 4) ? shortLabel(date) : longLabel(date);
  if (!first) return <span className={classes.again}>{label}</span>;
  return (
    <Link href={`/?date=${date}`} className={classes.date} title={`${longLabel(date)} in Freshness`}>
      {label}
    </Link>
  );
}
