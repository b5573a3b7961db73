import board from "./board.module.css";
import classes from "./predictions-skeleton.module.css";

const PANELS = ["Tonight predicted", "Hit rate, 30 days", "Calibration", "Sanity"];
const ROWS = 16;

/** The panels above the table while their numbers are read: as high as they will be. */
export function BoardSkeleton() {
  return (
    <div className={board.board} aria-busy="true">
      {PANELS.map((name) => (
        <section key={name} className={`${board.panel} ${classes.panel}`}>
          <h2 className={board.name}>{name}</h2>
          <span className={board.bone} data-big />
          <span className={board.bone} />
        </section>
      ))}
    </div>
  );
}

/** Rows without content in the table's rhythm. */
export function RowsSkeleton() {
  return (
    <div className={classes.rows} aria-busy="true">
      {Array.from({ length: ROWS }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows without content
        <span key={row} className={classes.row} />
      ))}
      <span className={board.hidden}>Reading the predictions…</span>
    </div>
  );
}
