import type { DateState } from "@/lib/contracts/coverage";
import { DATE_STATE, LEGEND_ORDER } from "./date-state";
import classes from "./legend.module.css";
import { StateGlyph } from "./state-glyph";

/** What glyphs and colours mean, and how many dates stand so. */
export function Legend({ count }: { count: Record<DateState, number> }) {
  return (
    <ul className={classes.legend} aria-label="Legend">
      {LEGEND_ORDER.map((state) => (
        <li key={state} className={classes.entry} title={DATE_STATE[state].description}>
          <span className={classes.glyph} data-tone={DATE_STATE[state].tone}>
            <StateGlyph state={state} size={11} />
          </span>
          {DATE_STATE[state].label}
          <span className={classes.count}>{count[state]}</span>
        </li>
      ))}
    </ul>
  );
}
