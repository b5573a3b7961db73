import { IconAlertTriangle, IconInfoCircle } from "@tabler/icons-react";
import type { WarehouseNotice } from "@/lib/contracts/coverage";
import classes from "./notices.module.css";

/** Whether the numbers themselves may mislead, or are only measured with less. */
const MISLEADS: Record<WarehouseNotice["code"], boolean> = {
  "missing-table": true,
  "missing-column": true,
  "old-schedule": true,
  "unreadable-dates": true,
  "unknown-teams": false,
  "no-index": false,
  "not-measured": false,
};

/** What a person must know about the warehouse to read the numbers. */
export function Notices({ notices }: { notices: WarehouseNotice[] }) {
  if (notices.length === 0) return null;
  return (
    <ul className={classes.notices} aria-label="About the warehouse">
      {notices.map((notice) => (
        <li
          key={notice.code + notice.message}
          className={classes.notice}
          data-misleads={MISLEADS[notice.code]}
        >
          {MISLEADS[notice.code] ? (
            <IconAlertTriangle size={14} aria-hidden className={classes.icon} />
          ) : (
            <IconInfoCircle size={14} aria-hidden className={classes.icon} />
          )}
          {notice.message}
        </li>
      ))}
    </ul>
  );
}
