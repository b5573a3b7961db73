"use client";

import type { Glyph } from "@/components/freshness/date-state";
import { GlyphDrawing } from "@/components/freshness/state-glyph";
import { formatDuration } from "@/components/runs/format-duration";
import { easternSeconds } from "@/components/runs/format-moment";
import { RUN_STATE_LOOK } from "@/components/runs/run-state";
import { useSeconds } from "@/components/runs/use-seconds";
import type { RunDetail } from "@/lib/contracts/runs";
import { isFinal } from "@/lib/runs/run-states";
import { haltedTone, type RestartStep, restartSteps, type StepStanding } from "./restart-steps";
import classes from "./restart-timeline.module.css";

/** The steps of a restart as one line: what is done and when, where it is, and where it ended. */
export function RestartTimeline({ run }: { run: RunDetail }) {
  const progress = run.progress?.kind === "dashboard-restart" ? run.progress : null;
  const active = run.state === "running" || run.state === "verifying";
  return (
    <div className={classes.timeline}>
      <ol className={classes.steps} aria-label="Steps">
        {restartSteps(run).map((step) => (
          <Step key={step.name} step={step} state={run.state} />
        ))}
      </ol>
      <p className={classes.now} role="status">
        {active && progress ? (
          <>
            {progress.text}
            {progress.stoppedAt !== null && progress.step !== "done" && run.state === "running" && (
              <Since at={progress.stoppedAt} serving={progress.serving} />
            )}
          </>
        ) : isFinal(run.state) ? (
          (progress?.text ?? "\u00a0")
        ) : (
          "\u00a0"
        )}
      </p>
    </div>
  );
}

const STANDING_WORD: Record<StepStanding, string> = {
  done: "done",
  now: "under way",
  halted: "ended here",
  open: "not begun",
};

function Step({ step, state }: { step: RestartStep; state: RunDetail["state"] }) {
  const { label, standing, at, note } = step;
  return (
    <li
      className={classes.step}
      data-standing={standing}
      data-tone={standing === "halted" ? haltedTone(state) : undefined}
      aria-current={standing === "now" ? "step" : undefined}
    >
      <span className={classes.mark}>
        <GlyphDrawing glyph={glyphOf(standing, state)} size={12} />
      </span>
      <span className={classes.words}>
        <span className={classes.label}>
          {label}
          <span className={classes.hidden}>: {STANDING_WORD[standing]}</span>
        </span>
        <span className={classes.note} data-empty={(!note && !at) || undefined}>
          {note}
          {note && at && " · "}
          {at && <time dateTime={at}>{easternSeconds(at)}</time>}
          {!note && !at && "\u00a0"}
        </span>
      </span>
    </li>
  );
}

/** How long ago the first task was told to stop, and whether anything serves meanwhile. */
function Since({ at, serving }: { at: string; serving: boolean | null }) {
  const now = useSeconds(true);
  return (
    <>
      {" "}
      · {formatDuration(Math.max(1_000, now - Date.parse(at)))} since the stop
      {serving !== null && (serving ? ", it serves" : ", nothing serves")}
    </>
  );
}

const OPEN: Glyph = { stroke: "M6 1.6a4.4 4.4 0 1 1 0 8.8a4.4 4.4 0 0 1 0-8.8" };

function glyphOf(standing: StepStanding, state: RunDetail["state"]): Glyph {
  switch (standing) {
    case "done":
      return RUN_STATE_LOOK.succeeded.glyph;
    case "now":
      return RUN_STATE_LOOK.running.glyph;
    case "halted":
      return RUN_STATE_LOOK[state].glyph;
    case "open":
      return OPEN;
  }
}
