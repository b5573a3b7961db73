import type { ReactNode } from "react";
import classes from "./side-panel.module.css";

/** A titled panel beside the log. */
export function SidePanel({
  title,
  end,
  children,
}: {
  title: string;
  /** What stands at the other end of the title's line. */
  end?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className={classes.panel} aria-label={title}>
      <div className={classes.head}>
        <h2>{title}</h2>
        {end}
      </div>
      {children}
    </section>
  );
}
