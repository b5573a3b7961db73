import Link from "next/link";
import type { ReactNode } from "react";
import { predictionsHref } from "@/components/predictions/predictions-href";
import { EasternTime, RelativeTime } from "@/components/shell/relative-time";
import type { SeasonCoverage } from "@/lib/contracts/coverage";
import type { PredictionCounts } from "@/lib/contracts/prediction-coverage";
import { type GameDate, shortLabel } from "@/lib/game-date";
import { countText } from "./day-label";
import type { SeasonSummary } from "./summarize-season";
import classes from "./summary-strip.module.css";

type SummaryStripProps = {
  coverage: SeasonCoverage;
  summary: SeasonSummary;
  onOpen: (date: GameDate) => void;
};

/** The season in four numbers; each leads to its rows. */
export function SummaryStrip({ coverage, summary, onOpen }: SummaryStripProps) {
  const { dates, games, attention, nextDue } = summary;
  const { oldest } = attention;
  const tonight = coverage.dates.find((date) => date.date === coverage.today);
  return (
    <dl className={classes.strip}>
      <Tile
        name="Played dates whole"
        aside={`${wholeNumber(games.whole)} of ${wholeNumber(games.played)} games`}
      >
        <a href="#calendar-title">
          {dates.whole} of {dates.played}
        </a>
      </Tile>
      <Tile
        name="Needs attention"
        tone={attention.dates > 0 ? "missing" : "whole"}
        aside={
          oldest ? <Open date={oldest.date} before="oldest " onOpen={onOpen} /> : "every due date is whole"
        }
      >
        {attention.dates > 0 ? <a href="#attention">{countText(attention.dates, "date")}</a> : "nothing"}
      </Tile>
      {tonight?.predictions && tonight.expected > 0 ? (
        <Tile
          name="Tonight predicted"
          tone={predictionsTone(tonight.predictions, tonight.expected)}
          aside={tonightText(tonight.predictions)}
        >
          <Link href={predictionsHref({ date: tonight.date })}>
            {tonight.predictions.predicted} of {tonight.expected}
          </Link>
        </Tile>
      ) : (
        <NextDue nextDue={nextDue} onOpen={onOpen} />
      )}
      <Tile
        name="Schedule refreshed"
        tone={coverage.notices.some((notice) => notice.code === "old-schedule") ? "partial" : undefined}
        aside={coverage.scheduleRefreshedAt && <EasternTime at={coverage.scheduleRefreshedAt} />}
      >
        {coverage.scheduleRefreshedAt ? <RelativeTime at={coverage.scheduleRefreshedAt} /> : "unknown"}
      </Tile>
    </dl>
  );
}

function NextDue({ nextDue, onOpen }: Pick<SeasonSummary, "nextDue"> & Pick<SummaryStripProps, "onOpen">) {
  return (
    <Tile
      name="Next due"
      aside={
        nextDue && (
          <>
            {countText(nextDue.expected, "game")}, due <RelativeTime at={nextDue.dueAt} />
          </>
        )
      }
    >
      {nextDue ? <Open date={nextDue.date} onOpen={onOpen} /> : "none"}
    </Tile>
  );
}

function predictionsTone({ predicted, fillable }: PredictionCounts, expected: number): TileTone | undefined {
  if (predicted === expected) return "whole";
  return fillable > 0 ? "partial" : undefined;
}

/** What becomes of tonight's games that lack a prediction. */
function tonightText({ pending, fillable, lost, closesAt }: PredictionCounts): ReactNode {
  if (fillable > 0)
    return (
      <>
        {fillable} fillable, closes <RelativeTime at={closesAt} />
      </>
    );
  if (pending > 0) return "due at 12:30 UTC";
  return lost > 0 ? `${lost} not predicted in time` : "every game";
}

type TileTone = "missing" | "partial" | "whole";

function Tile({
  name,
  tone,
  aside,
  children,
}: {
  name: string;
  tone?: TileTone;
  aside: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className={classes.tile} data-tone={tone}>
      <dt className={classes.name}>{name}</dt>
      <dd className={classes.value}>
        <span className={classes.number}>{children}</span> <span className={classes.aside}>{aside}</span>
      </dd>
    </div>
  );
}

function Open({
  date,
  before = "",
  onOpen,
}: {
  date: GameDate;
  before?: string;
  onOpen: (date: GameDate) => void;
}) {
  return (
    <button type="button" className={classes.open} onClick={() => onOpen(date)}>
      {before}
      {shortLabel(date)}
    </button>
  );
}

function wholeNumber(count: number): string {
  return count.toLocaleString("en-US");
}
