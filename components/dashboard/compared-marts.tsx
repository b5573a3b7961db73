"use client";

import { IconChevronRight } from "@tabler/icons-react";
import { RelativeTime } from "@/components/shell/relative-time";
import type { RestartDue } from "@/lib/contracts/dashboard";
import classes from "./compared-marts.module.css";
import { comparedText, martName } from "./verdict";

/** Everything that is newer than what is served, and what could not be compared and why; closed at first. */
export function ComparedMarts({ due: { newer, compared, notCompared } }: { due: RestartDue }) {
  if (newer.length + compared + notCompared.length === 0) return null;
  return (
    <details className={classes.details}>
      <summary className={classes.summary}>
        <IconChevronRight size={14} aria-hidden className={classes.mark} />
        {comparedText({ newer, compared, notCompared })}
      </summary>
      <div className={classes.body}>
        {newer.length > 0 && (
          <ul className={classes.newer} aria-label="Newer than what is served">
            {newer.map(({ name, builtAt }) => (
              <li key={name} className={classes.mart}>
                <span className={classes.name}>{martName(name)}</span>
                <RelativeTime at={builtAt} className={classes.built} />
              </li>
            ))}
          </ul>
        )}
        {notCompared.length > 0 && (
          <ul className={classes.rest} aria-label="Not compared">
            {notCompared.map(({ name, why }) => (
              <li key={name}>
                <b>{martName(name)}</b> was not compared: {why}.
              </li>
            ))}
          </ul>
        )}
        <p>
          Compared are gold's base tables, by the time of their last build, and the predictions of ML runs
          made here. Views never count: they are always as new as the question.
        </p>
      </div>
    </details>
  );
}
