import { Bone } from "@/components/shell/bone";
import classes from "./people-table.module.css";

const ROWS = Array.from({ length: 6 }, (_, row) => row);
const CELLS = ["name", "role", "signIn", "seen", "sessions", "tokens"] as const;

/** The list's shape while it is read. */
export function PeopleSkeleton() {
  return (
    <div className={classes.panel} role="status" aria-label="Reading who may sign in">
      <div className={classes.head} />
      {ROWS.map((row) => (
        <div key={row} className={classes.row}>
          {CELLS.map((cell) => (
            <div key={cell} className={classes[cell]}>
              <Bone />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
