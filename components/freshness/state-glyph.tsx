import type { DateState } from "@/lib/contracts/coverage";
import { DATE_STATE, type Glyph } from "./date-state";

/** The glyph of a date's state in the colour of the text around it; always beside a word or a label. */
export function StateGlyph({ state, size = 12 }: { state: DateState; size?: number }) {
  return <GlyphDrawing glyph={DATE_STATE[state].glyph} size={size} />;
}

/** A glyph as an image that says nothing to a screen reader. */
export function GlyphDrawing({ glyph, size = 12 }: { glyph: Glyph; size?: number }) {
  return (
    <svg viewBox="0 0 12 12" width={size} height={size} fill="none" aria-hidden focusable="false">
      {glyph.fill && <path d={glyph.fill} fill="currentColor" />}
      {glyph.stroke && (
        <path
          d={glyph.stroke}
          stroke="currentColor"
          strokeWidth="1.7"
          strokeLinecap="round"
          strokeLinejoin="round"
          strokeDasharray={glyph.dashed ? "1.6 2.4" : undefined}
        />
      )}
    </svg>
  );
}
