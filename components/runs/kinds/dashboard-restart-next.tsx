"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { isUnserved, verdictOf } from "@/components/dashboard/verdict";
import type { RunDetail } from "@/lib/contracts/runs";
import { dashboardViewQuery } from "@/lib/queries/dashboard-queries";
import { SidePanel } from "../side-panel";
import classes from "./dashboard-restart-next.module.css";

/** How the dashboard stands now, and what to do where the run left it without a task. */
export function DashboardRestartNext({ run }: { run: RunDetail }) {
  const { data: view } = useQuery(dashboardViewQuery());
  const verdict = view?.configured ? verdictOf(view) : null;
  const state = view?.observation?.state ?? null;
  const back = state !== null && !isUnserved(state);
  return (
    <SidePanel title="The dashboard now">
      <div className={classes.body}>
        <p className={classes.verdict} data-tone={verdict?.tone}>
          {verdict ? verdict.headline : view ? "No dashboard is configured here any more" : "Looking…"}
        </p>
        {isLeftWithoutTask(run) && (back ? <CameBack /> : <WhatToDo />)}
        <p>
          <Link href="/dashboard">See the service as it is</Link>
        </p>
      </div>
    </SidePanel>
  );
}

function CameBack() {
  return <p>ECS has brought a task up since: it serves again, with data read by then.</p>;
}

function WhatToDo() {
  return (
    <>
      <p>
        ECS goes on starting a task by itself, and the first that comes up reads the data afresh. Another
        restart cannot help while none runs, and would be refused.
      </p>
      <ol className={classes.steps}>
        <li>Read the service's last events, below: they say what ECS could not do.</li>
        <li>
          In ECS, the stopped task's reason says why it ended: its image could not be pulled, its memory was
          exceeded, its health check failed.
        </li>
        <li>Mend that, or deploy the revision that last worked.</li>
      </ol>
    </>
  );
}

function isLeftWithoutTask({ receipt, state }: RunDetail): boolean {
  return (
    receipt?.kind === "dashboard-restart" &&
    state !== "succeeded" &&
    receipt.tasks.some(({ stoppedAt, servingAt }) => stoppedAt !== null && servingAt === null) &&
    receipt.unserved?.open === true
  );
}
