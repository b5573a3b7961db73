"use client";

import { isActive } from "@/components/runs/run-state";
import { useSeconds } from "@/components/runs/use-seconds";
import { amountText } from "@/components/shell/format-time";
import type { DbtProgress } from "@/lib/contracts/run-kinds/dbt";
import type { RunDetail } from "@/lib/contracts/runs";
import classes from "./build-progress.module.css";

const NAMED = 3;

/** How far a build is, or came: nodes done of all, what failed, what runs at this moment, and what is left. */
export function BuildProgress({ run }: { run: RunDetail }) {
  const active = isActive(run.state);
  // Before dbt has read its project it does not know how many there will be.
  const progress = run.progress?.kind === "dbt" && run.progress.total > 0 ? run.progress : null;
  if (!active && progress === null) return null;
  const { total, done } = progress ?? { total: 0, done: 0 };
  return (
    <div className={classes.progress}>
      <div className={classes.numbers}>
        <span>
          <b>{progress ? `${done} of ${total}` : "–"}</b> {progress && failuresText(progress)}
        </span>
        {active && progress && progress.running.length > 0 && <Running running={progress.running} />}
        <span className={classes.left}>{active && leftText(run, progress)}</span>
      </div>
      <div
        className={classes.track}
        role="progressbar"
        aria-label="Models and tests done"
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={done}
        aria-valuetext={progress ? `${done} of ${total}` : "not begun"}
      >
        {progress &&
          parts(progress).map(({ tone, count }) => (
            <span
              key={tone}
              className={classes.part}
              data-tone={tone}
              style={{ width: `${total > 0 ? (count / total) * 100 : 0}%` }}
            />
          ))}
      </div>
    </div>
  );
}

function Running({ running }: Pick<DbtProgress, "running">) {
  const now = useSeconds(true);
  const rest = running.length - NAMED;
  return (
    <span className={classes.running}>
      Now:{" "}
      {running.slice(0, NAMED).map(({ name, startedAt }, index) => (
        <span key={name}>
          {index > 0 && ", "}
          {name} {Math.max(0, Math.round((now - Date.parse(startedAt)) / 1000))} s
        </span>
      ))}
      {rest > 0 && ` and ${rest} more`}
    </span>
  );
}

function parts({ passed, warned, failed, skipped }: DbtProgress) {
  return [
    { tone: "whole", count: passed },
    { tone: "partial", count: warned },
    { tone: "missing", count: failed },
    { tone: "pending", count: skipped },
  ];
}

function failuresText({ warned, failed, skipped }: DbtProgress): string {
  return [
    failed > 0 ? `${failed} failed` : "",
    skipped > 0 ? `${skipped} skipped` : "",
    warned > 0 ? `${warned} warned` : "",
  ]
    .filter(Boolean)
    .map((text) => `· ${text}`)
    .join(" ");
}

function leftText(run: RunDetail, progress: DbtProgress | null): string {
  if (run.state === "verifying") return "measuring what changed";
  if (run.state === "queued") return "waiting";
  if (progress === null) return "dbt is reading its project";
  if (progress.done >= progress.total) return "ending";
  return progress.remainingSeconds === null
    ? "no earlier build to estimate by"
    : `about ${amountText(progress.remainingSeconds)} left`;
}
