import { DATE_STATE } from "@/components/freshness/date-state";
import { GlyphDrawing } from "@/components/freshness/state-glyph";
import badge from "@/components/shell/badge.module.css";
import { DayMoment } from "./day-moment";

/** Of when the data are that the dashboard shows, and whether something newer has been built. */
export function ServedBadge({ at, old }: { at: string; old: boolean }) {
  const state = old ? "stale" : "whole";
  return (
    <span className={badge.badge} data-tone={state}>
      <GlyphDrawing glyph={DATE_STATE[state].glyph} size={11} />
      <span>
        shows data of <DayMoment at={at} />
      </span>
    </span>
  );
}
