"use client";

import { IconExternalLink } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { ErrorNotice } from "@/components/shell/error-notice";
import { PageHeader } from "@/components/shell/page-header";
import { RelativeTime } from "@/components/shell/relative-time";
import { useStandingError } from "@/components/shell/use-standing-error";
import type { DashboardView } from "@/lib/contracts/dashboard";
import { dashboardViewQuery, restartHistoryQuery } from "@/lib/queries/dashboard-queries";
import { DashboardNotices } from "./dashboard-notices";
import classes from "./dashboard-page.module.css";
import { DashboardSkeleton } from "./dashboard-skeleton";
import { EventsPanel } from "./events-panel";
import { NotConfigured } from "./not-configured";
import { RestartsPanel } from "./restarts-panel";
import { ServiceStrip } from "./service-strip";
import { TasksPanel } from "./tasks-panel";
import { VerdictPanel } from "./verdict-panel";

/** Whether a restart is due and why, the service as it is, and the button that restarts it. */
export function DashboardPage() {
  const query = useQuery(dashboardViewQuery());
  const standingError = useStandingError(query);
  const view = query.data;
  if (view)
    return view.configured ? (
      <ConfiguredDashboard view={view} stale={query.error} />
    ) : (
      <Unconfigured view={view} />
    );
  if (!standingError) return <DashboardSkeleton />;
  return (
    <>
      <PageHeader title="Dashboard" />
      <ErrorNotice
        title="The dashboard's service could not be read"
        error={standingError}
        onRetry={() => query.refetch()}
        retrying={query.isFetching}
      />
    </>
  );
}

function ConfiguredDashboard({ view, stale }: { view: DashboardView; stale: Error | null }) {
  const history = useQuery(restartHistoryQuery());
  const { target, observation } = view;
  const state = observation?.state ?? null;
  return (
    <>
      <PageHeader
        title="Dashboard"
        sub={
          target && (
            <>
              <span className={classes.name}>{target.service}</span> on{" "}
              <span className={classes.name}>{target.cluster}</span>,{" "}
              <span className={classes.name}>{target.region}</span>
            </>
          )
        }
        actions={
          <>
            {observation?.stateAt && (
              <p className={classes.seen} title={`by ${observation.worker}`}>
                seen <RelativeTime at={observation.stateAt} />
              </p>
            )}
            {state?.pageUrl && (
              <a href={state.pageUrl} target="_blank" rel="noreferrer" className={classes.open}>
                Open the dashboard
                <IconExternalLink size={14} aria-hidden />
                <span className={classes.hidden}> (in a new tab)</span>
              </a>
            )}
          </>
        }
      />
      <DashboardNotices view={view} stale={stale} />
      <VerdictPanel view={view} usual={history.data ?? null} />
      <ServiceStrip state={state} />
      <div className={classes.columns}>
        <RestartsPanel history={history.data ?? null} error={history.error} />
        <div className={classes.column}>
          {state && <TasksPanel state={state} />}
          <EventsPanel events={state?.events ?? null} />
        </div>
      </div>
    </>
  );
}

function Unconfigured({ view }: { view: DashboardView }) {
  return (
    <>
      <PageHeader title="Dashboard" sub="not configured" />
      <NotConfigured missing={view.missing} />
    </>
  );
}
