"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { CommandLine } from "@/components/shell/command-line";
import { amountText } from "@/components/shell/format-time";
import { RelativeTime } from "@/components/shell/relative-time";
import { WarningList } from "@/components/shell/warning-list";
import type { DashboardRestartPreview } from "@/lib/contracts/run-kinds/dashboard-restart";
import type { RunPreview } from "@/lib/contracts/runs";
import { quoteArgv } from "@/lib/runs/quote-argv";
import { DayMoment } from "./day-moment";
import classes from "./restart-preview.module.css";
import { costText } from "./verdict";

type RestartPreviewProps = {
  run: RunPreview["runs"][number];
  details: DashboardRestartPreview;
  warnings: RunPreview["warnings"];
};

/** What exactly would be stopped and what follows, what it costs, and what stands in the way or against it. */
export function RestartPreview({ run, details, warnings }: RestartPreviewProps) {
  const { mode, refusal, observedAt } = details;
  return (
    <div className={classes.preview}>
      {refusal && (
        <p className={classes.refusal} role="alert">
          <b>This would be refused now.</b> {refusal.message}
        </p>
      )}
      <WarningList warnings={warnings} />
      <dl className={classes.facts}>
        {mode === "restart" && (
          <Fact name="Stops">
            <Tasks details={details} />
          </Fact>
        )}
        <Fact name="Service">
          {details.service} on {details.cluster}, {details.region}
        </Fact>
        <Fact name="Costs">
          {mode === "restart"
            ? costText(details, details.tasks.length)
            : "No downtime: the running task reads its data again and goes on serving meanwhile."}
        </Fact>
        <Fact name="Shows now">
          <Served served={details.served} />
        </Fact>
      </dl>
      <ol className={classes.plan} aria-label="What happens">
        {planOf(details).map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <CommandLine command={quoteArgv(run.argv)} label="the plan" />
      <p className={classes.quiet}>
        {run.alreadyActive ? (
          <Link href={`/runs/${run.alreadyActive.id}`}>already {run.alreadyActive.state}</Link>
        ) : run.startsInSeconds <= 1 ? (
          "Starts at once."
        ) : (
          `Starts in ${amountText(run.startsInSeconds)}.`
        )}{" "}
        {observedAt !== null && (
          <>
            The service was seen <RelativeTime at={observedAt} />, and is
          </>
        )}
        {observedAt === null && "The service is"} looked at again before anything is done.
      </p>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Tasks({ details: { tasks, observedAt } }: { details: DashboardRestartPreview }) {
  if (observedAt === null) return <>the service's tasks; no worker has looked at them yet</>;
  if (tasks.length === 0) return <>nothing: no task is there</>;
  return (
    <ul className={classes.tasks}>
      {tasks.map(({ arn, shortId, startedAt }) => (
        <li key={arn} title={arn}>
          task <code className={classes.task}>{shortId}</code>
          <span className={classes.quiet}>
            {startedAt === null ? (
              ", not started yet"
            ) : (
              <>
                , started <RelativeTime at={startedAt} />
              </>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Served({ served }: Pick<DashboardRestartPreview, "served">) {
  if (served === null) return "nothing that is known";
  return (
    <>
      data of <DayMoment at={served.at} />
      {served.source === "task-start" && <span className={classes.quiet}> (its task's start)</span>}
    </>
  );
}

/** What happens, in the order in which it does. */
function planOf({ mode, tasks, service }: DashboardRestartPreview): string[] {
  if (mode === "refresh")
    return [
      `Check that ${service} is steady and runs one task`,
      "Tell that task to read its data again",
      "Wait until its health page tells of newer data",
    ];
  const several = tasks.length > 1;
  return [
    `Check that ${service} is steady, and that ${several ? "these tasks are" : "this task is"} its own`,
    several
      ? "Stop one task; the next only when the one before is replaced"
      : "Stop the task; ECS starts another",
    "Wait until a new task runs, healthy where ECS checks that",
    "Load its page, which makes it read the marts, and see that it serves",
  ];
}
