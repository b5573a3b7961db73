import type { ReactNode } from "react";
import { EasternClock } from "./eastern-clock";
import classes from "./page-header.module.css";

/** The top of a page: its title, one line about it, its actions, and the Eastern time where the bar has none. */
export function PageHeader({
  title,
  sub,
  actions,
}: {
  /** Text, or a node that holds the page's one `h1`. */
  title: ReactNode;
  sub?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <header className={classes.header}>
      <div className={classes.lead}>
        {typeof title === "string" ? <h1 className={classes.title}>{title}</h1> : title}
        {sub && <div className={classes.sub}>{sub}</div>}
      </div>
      <div className={classes.end}>
        <span className={classes.clock}>
          <EasternClock />
        </span>
        {actions}
      </div>
    </header>
  );
}
