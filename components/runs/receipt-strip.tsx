import type { RunDetail } from "@/lib/contracts/runs";
import { KIND_VIEWS } from "./kinds/kind-views";
import classes from "./receipt-strip.module.css";

/** What the run changed, first of all and at arm's length, in its kind's four figures. */
export function ReceiptStrip({ run }: { run: RunDetail }) {
  return (
    <dl className={classes.strip} aria-label="Receipt">
      {KIND_VIEWS[run.kind].figures(run).map(({ label, figure }) => (
        <div key={label} className={classes.cell}>
          <dt className={classes.label}>{label}</dt>
          <dd className={classes.figure}>
            <span className={classes.value} data-tone={figure.tone}>
              {figure.value}
            </span>{" "}
            <span className={classes.note}>{figure.note}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
