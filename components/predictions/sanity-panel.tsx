import Link from "next/link";
import { GlyphDrawing } from "@/components/freshness/state-glyph";
import type { FindingLine, PredictionsSummary } from "@/lib/contracts/predictions";
import board from "./board.module.css";
import { FINDING_LOOK } from "./finding-look";
import { PREDICTION_STATE } from "./prediction-state";
import { NONE } from "./prediction-words";
import { predictionsHref } from "./predictions-href";
import classes from "./sanity-panel.module.css";
import { sanityHeadline, toneOfFinding } from "./sanity-words";

/** What is amiss with the predictions: a line for each check, which leads to its rows. */
export function SanityPanel({ summary: { findings } }: { summary: PredictionsSummary }) {
  const { headline, aside, tone } = sanityHeadline(findings);
  return (
    <section className={board.panel} aria-labelledby="sanity-title">
      <div className={board.head}>
        <h2 id="sanity-title" className={board.name}>
          Sanity
        </h2>
        <p className={board.lead}>
          <span className={board.figure} data-tone={tone}>
            {headline}
          </span>
          <span className={board.aside}>{aside}</span>
        </p>
      </div>
      <ul className={classes.checks}>
        {findings.map((line) => (
          <li key={line.finding} className={classes.check} data-tone={toneOfFinding(line)}>
            <Check line={line} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Check({ line }: { line: FindingLine }) {
  const { name, description } = FINDING_LOOK[line.finding];
  if (line.count === null) {
    return (
      <p className={classes.line}>
        <span>
          {name}: <span className={classes.why}>{line.text}</span>
        </span>
        <span className={classes.count}>{NONE}</span>
      </p>
    );
  }
  if (line.count === 0) {
    return (
      <p className={classes.line} title={description}>
        {name}
        <span className={classes.count}>
          <GlyphDrawing glyph={PREDICTION_STATE.predicted.glyph} size={10} /> 0
        </span>
      </p>
    );
  }
  return (
    <Link className={classes.line} href={predictionsHref({ finding: line.finding })} title={line.text}>
      <span>
        {name}
        {line.fillable > 0 && <span className={classes.why}> · {line.fillable} fillable</span>}
      </span>
      <b className={classes.count}>{line.count.toLocaleString("en-US")}</b>
    </Link>
  );
}
