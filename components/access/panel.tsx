import { type ReactNode, useId } from "react";
import classes from "./panel.module.css";

/** A titled box of a page or a sheet. */
export function Panel({
  id,
  title,
  sub,
  actions,
  children,
}: {
  /** Where a link to it leads. */
  id?: string;
  title: string;
  sub?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const titleId = useId();
  return (
    <section id={id} className={classes.panel} aria-labelledby={titleId}>
      <div className={classes.head}>
        <div className={classes.lead}>
          <h2 id={titleId}>{title}</h2>
          {sub && <p className={classes.sub}>{sub}</p>}
        </div>
        {actions}
      </div>
      <div className={classes.body}>{children}</div>
    </section>
  );
}
