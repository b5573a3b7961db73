import Link from "next/link";
import type { DbtReceipt } from "@/lib/contracts/run-kinds/dbt";
import { shortLabel } from "@/lib/game-date";
import { SidePanel } from "../side-panel";
import classes from "./dbt-dates.module.css";

const SHOWN = 12;

/** The dates whose silver was behind bronze: which this build mended, which it left behind and why. */
export function DbtDates({ receipt, onLine }: { receipt: DbtReceipt; onLine: (seq: number) => void }) {
  const { mended, leftBehind, unmeasured, explainedBy } = receipt;
  return (
    <SidePanel title="Dates behind in silver">
      {leftBehind.length > 0 && (
        <ul className={classes.list}>
          {leftBehind.slice(0, SHOWN).map(({ date, text, isNew }) => (
            <li key={date} className={classes.date}>
              <Link href={`/?date=${date}`} className={classes.link}>
                {shortLabel(date)}
              </Link>
              <span className={classes.behind}>{isNew ? "now behind" : "still behind"}</span>
              <span className={classes.cause}>{text}</span>
            </li>
          ))}
        </ul>
      )}
      {leftBehind.length > SHOWN && (
        <p className={classes.note}>and {leftBehind.length - SHOWN} more behind</p>
      )}
      {mended.length > 0 && (
        <ul className={classes.list}>
          {mended.slice(0, SHOWN).map((date) => (
            <li key={date} className={classes.date}>
              <Link href={`/?date=${date}`} className={classes.link}>
                {shortLabel(date)}
              </Link>
              <span className={classes.mended}>✓ mended</span>
            </li>
          ))}
        </ul>
      )}
      {mended.length > SHOWN && <p className={classes.note}>and {mended.length - SHOWN} more mended</p>}
      {unmeasured !== null && <p className={classes.note}>Not measured after the run: {unmeasured}</p>}
      {unmeasured === null && mended.length + leftBehind.length === 0 && (
        <p className={classes.note}>No date was behind, neither before the build nor after it.</p>
      )}
      {explainedBy !== null && (
        <p className={classes.note}>
          What the log says:{" "}
          <a
            href={`?line=${explainedBy.seq}`}
            onClick={(event) => {
              event.preventDefault();
              onLine(explainedBy.seq);
            }}
          >
            line {explainedBy.seq}
          </a>
          <span className={classes.quote}>{explainedBy.text}</span>
        </p>
      )}
    </SidePanel>
  );
}
