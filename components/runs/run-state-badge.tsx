import { GlyphDrawing } from "@/components/freshness/state-glyph";
import badge from "@/components/shell/badge.module.css";
import type { RunState } from "@/lib/contracts/runs";
import { RUN_STATE_LOOK } from "./run-state";
import classes from "./run-state-badge.module.css";

/** A run's state as glyph and word on its tint; `cancelling` while its end has been asked for. */
export function RunStateBadge({ state, cancelling = false }: { state: RunState; cancelling?: boolean }) {
  const { label, glyph, tone, description } = RUN_STATE_LOOK[state];
  return (
    <span className={badge.badge} data-tone={tone} title={description}>
      <span className={classes.glyph} data-moving={tone === "accent" || undefined}>
        <GlyphDrawing glyph={glyph} size={11} />
      </span>
      {cancelling ? "cancelling…" : label}
    </span>
  );
}
