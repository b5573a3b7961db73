"use client";

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import { RunStateBadge } from "@/components/runs/run-state-badge";
import { ActButton } from "@/components/shell/act-button";
import { WarningList } from "@/components/shell/warning-list";
import type { DashboardView, RestartHistory } from "@/lib/contracts/dashboard";
import type { DashboardMode } from "@/lib/contracts/run-kinds/dashboard-restart";
import type { RunDetail } from "@/lib/contracts/runs";
import { runQuery } from "@/lib/queries/run-queries";
import { isFinal } from "@/lib/runs/run-states";
import { ComparedMarts } from "./compared-marts";
import { DueSentence } from "./due-sentence";
import { modeOf } from "./restart-mode";
import { RestartTimeline } from "./restart-timeline";
import { ServedBadge } from "./served-badge";
import { costText, isUnserved, verdictOf } from "./verdict";
import classes from "./verdict-panel.module.css";

const RestartDialog = dynamic(() => import("./restart-dialog").then((module) => module.RestartDialog), {
  ssr: false,
});

type VerdictPanelProps = {
  view: DashboardView;
  usual: Pick<RestartHistory, "typicalSeconds" | "typicalOf"> | null;
};

/** One sentence that says whether a restart is due and why, or where the one under way is, and the button. */
export function VerdictPanel({ view, usual }: VerdictPanelProps) {
  const { activeRunId } = view;
  const active = useQuery({ ...runQuery(activeRunId ?? ""), enabled: activeRunId !== null });
  const [ordering, setOrdering] = useState<DashboardMode | null>(null);
  return (
    <>
      {activeRunId === null ? (
        <DuePanel view={view} usual={usual} onOrder={setOrdering} />
      ) : (
        <ActivePanel view={view} runId={activeRunId} run={active.data} />
      )}
      {/* Here, so that a run which somebody else starts meanwhile does not take the dialog away. */}
      {ordering && <RestartDialog mode={ordering} onClose={() => setOrdering(null)} />}
    </>
  );
}

const NO_RESTARTS = { typicalSeconds: null, typicalOf: 0 };

function DuePanel({ view, usual, onOrder }: VerdictPanelProps & { onOrder: (mode: DashboardMode) => void }) {
  const { headline, tone, urgent } = verdictOf(view);
  const { warning, due } = view;
  const state = view.observation?.state ?? null;
  const refusal = state && !isUnserved(state) ? state.refusal : null;
  return (
    <Frame
      tone={tone}
      headline={headline}
      beside={state?.served && <ServedBadge at={state.served.at} old={due.state === "due"} />}
      sentence={
        <>
          <DueSentence due={due} state={state} />{" "}
          {urgent && costText(usual ?? NO_RESTARTS, state?.tasks.length ?? 1)}
        </>
      }
      actions={
        <>
          {state?.refreshAvailable && (
            <ActButton needs="run" variant="default" size="lg" onClick={() => onOrder("refresh")}>
              Refresh the data…
            </ActButton>
          )}
          <ActButton
            needs="run"
            variant={urgent ? "filled" : "default"}
            size="lg"
            onClick={() => onOrder("restart")}
          >
            Restart the dashboard…
          </ActButton>
        </>
      }
    >
      {refusal && (
        <p className={classes.refusal} role="status">
          <b>A restart would be refused now.</b> {refusal.message}
        </p>
      )}
      {warning !== null && <WarningList warnings={[{ code: "tonight-empties", text: warning }]} />}
      <ComparedMarts due={due} />
    </Frame>
  );
}

/** The restart or refresh that is on its way: who, why, and its steps, as its own page shows them. */
function ActivePanel({
  view,
  runId,
  run,
}: {
  view: DashboardView;
  runId: string;
  run: RunDetail | undefined;
}) {
  const { headline, tone } = verdictOf(view, run && modeOf(run));
  return (
    <Frame
      tone={tone}
      headline={headline}
      beside={
        run && (
          <RunStateBadge
            state={run.state}
            cancelling={run.cancelRequestedAt !== null && !isFinal(run.state)}
          />
        )
      }
      sentence={run ? `${run.requestedBy}${run.reason ? `: “${run.reason}”` : ""}` : "\u00a0"}
      actions={
        <Button
          component={Link}
          href={`/runs/${runId}`}
          variant="default"
          size="lg"
          className={classes.follow}
        >
          Follow its log
        </Button>
      }
    >
      {run ? <RestartTimeline run={run} /> : <div className={classes.bone} aria-busy="true" />}
    </Frame>
  );
}

type FrameProps = {
  tone: string;
  headline: string;
  beside: ReactNode;
  sentence: ReactNode;
  actions: ReactNode;
  children: ReactNode;
};

function Frame({ tone, headline, beside, sentence, actions, children }: FrameProps) {
  return (
    <section className={classes.panel} data-tone={tone} aria-labelledby="verdict-title">
      <div className={classes.top}>
        <div className={classes.words} role="status">
          <div className={classes.lead}>
            <h2 id="verdict-title" className={classes.headline}>
              {headline}
            </h2>
            {beside}
          </div>
          <p className={classes.sentence}>{sentence}</p>
        </div>
        <div className={classes.actions}>{actions}</div>
      </div>
      {children}
    </section>
  );
}
