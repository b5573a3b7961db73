import { Bone } from "@/components/shell/bone";
import classes from "./runs-list.module.css";

const ROWS = Array.from({ length: 8 }, (_, row) => row);
const AREAS = ["state", "kind", "run", "outcome", "who", "asked", "took"] as const;

/** The list's shape while it is read. */
export function RunsSkeleton() {
  return (
    <div className={classes.panel} role="status" aria-label="Reading the runs">
      <div className={classes.head} />
      {ROWS.map((row) => (
        <div key={row} className={classes.row}>
          {AREAS.map((area) => (
            <div key={area} className={classes[area]}>
              <Bone />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
