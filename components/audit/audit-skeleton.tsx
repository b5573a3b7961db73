import { Bone } from "@/components/shell/bone";
import classes from "./audit-list.module.css";

const ROWS = Array.from({ length: 10 }, (_, row) => row);
const AREAS = ["when", "who", "did", "result", "why"] as const;

/** The list's shape while it is read. */
export function AuditSkeleton() {
  return (
    <div className={classes.panel} role="status" aria-label="Reading the audit">
      <div className={classes.head} />
      {ROWS.map((row) => (
        <div key={row} className={classes.entry}>
          <div className={classes.row}>
            <span />
            {AREAS.map((area) => (
              <div key={area} className={classes[area]}>
                <Bone />
              </div>
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}
