import classes from "@/components/shell/badge.module.css";
import type { DateState } from "@/lib/contracts/coverage";
import { DATE_STATE } from "./date-state";
import { StateGlyph } from "./state-glyph";

/** A date's state as glyph and word on its tint. */
export function StateBadge({ state }: { state: DateState }) {
  const { label, tone, description } = DATE_STATE[state];
  return (
    <span className={classes.badge} data-tone={tone} title={description}>
      <StateGlyph state={state} size={11} />
      {label}
    </span>
  );
}
