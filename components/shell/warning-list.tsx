import { IconAlertTriangle } from "@tabler/icons-react";
import classes from "./warning-list.module.css";

/** What speaks against an order, or should be known before it is placed. */
export function WarningList({ warnings }: { warnings: readonly { code: string; text: string }[] }) {
  if (warnings.length === 0) return null;
  return (
    <ul className={classes.warnings}>
      {warnings.map((warning) => (
        <li key={warning.code + warning.text} className={classes.warning}>
          <IconAlertTriangle size={14} aria-hidden className={classes.icon} />
          {warning.text}
        </li>
      ))}
    </ul>
  );
}
