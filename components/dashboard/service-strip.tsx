"use client";

import { useNow } from "@/components/shell/now-provider";
import { useExactTitle } from "@/components/shell/relative-time";
import type { DashboardState } from "@/lib/contracts/dashboard";
import { type ServiceFigure, serviceFigures } from "./service-figures";
import classes from "./service-strip.module.css";

/** The service as a worker last saw it, in four numbers. */
export function ServiceStrip({ state }: { state: DashboardState | null }) {
  const now = useNow();
  return (
    <dl className={classes.strip} aria-label="The service">
      {serviceFigures(state, now).map((figure) => (
        <div key={figure.label} className={classes.cell}>
          <dt className={classes.label}>{figure.label}</dt>
          <dd className={classes.figure}>
            <span className={classes.value} data-tone={figure.tone}>
              <Value figure={figure} />
            </span>{" "}
            <span className={classes.note}>{figure.note}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Value({ figure: { value, at } }: { figure: ServiceFigure }) {
  return at === null ? value : <Moment at={at} text={value} />;
}

function Moment({ at, text }: { at: string; text: string }) {
  const title = useExactTitle(new Date(at));
  return (
    <time dateTime={at} title={title}>
      {text}
    </time>
  );
}
