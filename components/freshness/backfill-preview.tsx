import Link from "next/link";
import { CommandLine } from "@/components/shell/command-line";
import { CommandWords } from "@/components/shell/command-words";
import { amountText } from "@/components/shell/format-time";
import { WarningList } from "@/components/shell/warning-list";
import type { RunPreview } from "@/lib/contracts/runs";
import { shortLabel } from "@/lib/game-date";
import { quoteArgv } from "@/lib/runs/quote-argv";
import classes from "./backfill-preview.module.css";
import { countText } from "./day-label";

type PreviewRun = RunPreview["runs"][number];

/** Exactly what an order would run, when, at what cost, and what speaks against it. */
export function BackfillPreview({ preview }: { preview: RunPreview }) {
  const requests = preview.runs.reduce((sum, run) => sum + run.requests, 0);
  const [only] = preview.runs;
  return (
    <div className={classes.preview}>
      <WarningList warnings={preview.warnings} />
      {preview.runs.length === 1 && only ? (
        <OneRun run={only} />
      ) : (
        <>
          <p className={classes.total}>
            <b>{countText(preview.runs.length, "run")}</b> one after the other ·{" "}
            {countText(requests, "request")} at the source
            {preview.lastStartsInSeconds > 1 && (
              <> · the last no sooner than in {amountText(preview.lastStartsInSeconds)}</>
            )}
          </p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long list is scrolled by keyboard */}
          <ol className={classes.runs} tabIndex={0} aria-label="Runs">
            {preview.runs.map((run, index) => (
              <RunLine key={run.gameDate ?? run.title} run={run} first={index === 0} />
            ))}
          </ol>
        </>
      )}
    </div>
  );
}

function OneRun({ run }: { run: PreviewRun }) {
  return (
    <>
      <WarningList warnings={run.warnings} />
      <CommandLine command={quoteArgv(run.argv)} label="the command" />
      <p className={classes.total}>
        in <code>{run.cwd}</code> · {countText(run.requests, "request")} at the source ·{" "}
        {run.alreadyActive ? <ActiveRun run={run.alreadyActive} /> : startText(run.startsInSeconds)}
      </p>
    </>
  );
}

function RunLine({ run, first }: { run: PreviewRun; first: boolean }) {
  return (
    <li className={classes.run}>
      <div className={classes.facts}>
        <b>{run.gameDate ? shortLabel(run.gameDate) : run.title}</b>
        <span>{countText(run.requests, "request")}</span>
        <span className={classes.start}>
          {run.alreadyActive ? <ActiveRun run={run.alreadyActive} /> : startOf(run, first)}
        </span>
      </div>
      <code className={classes.command}>
        <CommandWords command={quoteArgv(run.argv)} />
      </code>
      <WarningList warnings={run.warnings} />
    </li>
  );
}

function ActiveRun({ run }: { run: NonNullable<PreviewRun["alreadyActive"]> }) {
  return <Link href={`/runs/${run.id}`}>already {run.state}</Link>;
}

/** A later run waits for the one before it, and for the source's limit on top. */
function startOf(run: PreviewRun, first: boolean): string {
  if (first) return startText(run.startsInSeconds);
  return run.startsInSeconds <= 1 ? "then" : `then, in ${amountText(run.startsInSeconds)} at the earliest`;
}

function startText(seconds: number): string {
  return seconds <= 1 ? "starts at once" : `starts in ${amountText(seconds)}`;
}

/** The preview's place while it is worked out, as high as it will be. */
export function PreviewSkeleton({ runs }: { runs: number }) {
  return (
    <div className={classes.skeleton} data-many={runs > 1 || undefined} aria-busy="true">
      Working out what would run…
    </div>
  );
}
