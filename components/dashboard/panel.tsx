import { type ReactNode, useId } from "react";
import classes from "./panel.module.css";

/** A titled panel of the dashboard's page. */
export function Panel({ title, end, children }: { title: string; end?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section className={classes.panel} aria-labelledby={id}>
      <div className={classes.head}>
        <h2 id={id}>{title}</h2>
        {end && <span className={classes.end}>{end}</span>}
      </div>
      {children}
    </section>
  );
}
