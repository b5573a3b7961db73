import type { Glyph } from "@/components/freshness/date-state";
import { GlyphDrawing } from "@/components/freshness/state-glyph";
import { EasternTime, RelativeTime } from "@/components/shell/relative-time";
import type { Health } from "@/lib/contracts/health";
import classes from "./health-page.module.css";

type Part = Health["parts"][number];

const PART_LOOK: Record<Part["name"], { label: string; role: string }> = {
  web: { label: "Web", role: "answers this page" },
  worker: { label: "Worker", role: "executes runs" },
  redis: { label: "Redis", role: "tells workers and pages of changes at once" },
  database: { label: "Console database", role: "holds runs, logs and receipts" },
  warehouse: { label: "Warehouse", role: "is measured, never written" },
};

const UP: Glyph = { stroke: "M2.2 6.4 4.8 9 9.9 3.4" };
const DOWN: Glyph = { stroke: "M2.6 2.6 9.4 9.4M9.4 2.6 2.6 9.4" };

function answerTime(ms: number): string {
  return ms < 1_000 ? `${ms} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

const MOMENT = /(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)/;

/** A line from the server, its ISO moments shown as everywhere else. */
function TextWithMoments({ text }: { text: string }) {
  return text
    .split(MOMENT)
    .map((piece) => (MOMENT.test(piece) ? <EasternTime key={piece} at={piece} /> : piece));
}

/** One part: up or down, in words, since when, and how long it took to answer. */
export function HealthPart({ part }: { part: Part }) {
  const { label, role } = PART_LOOK[part.name];
  return (
    <li className={classes.part} data-up={part.up}>
      <span className={classes.state}>
        <GlyphDrawing glyph={part.up ? UP : DOWN} size={12} />
        {part.up ? "up" : "down"}
      </span>
      <span className={classes.name}>
        <strong>{label}</strong>
        <span className={classes.role}>{role}</span>
      </span>
      <span className={classes.text}>
        <TextWithMoments text={part.text} />
        {part.lastSeenAt !== null && (
          <span className={classes.seen}>
            {" "}
            Last seen <RelativeTime at={part.lastSeenAt} />.
          </span>
        )}
      </span>
      <span className={classes.took}>{part.tookMs === null ? "" : answerTime(part.tookMs)}</span>
    </li>
  );
}
