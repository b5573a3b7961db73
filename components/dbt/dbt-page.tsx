"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { ErrorNotice } from "@/components/shell/error-notice";
import { PageHeader } from "@/components/shell/page-header";
import { RelativeTime } from "@/components/shell/relative-time";
import { useStandingError } from "@/components/shell/use-standing-error";
import type { DbtProject } from "@/lib/contracts/dbt";
import { dbtStatusQuery } from "@/lib/queries/dbt-queries";
import { counted } from "./build-words";
import { BuildWorkbench } from "./build-workbench";
import classes from "./dbt-page.module.css";
import { DbtSkeleton } from "./dbt-skeleton";
import { isTest } from "./group-models";
import { LastBuilds } from "./last-builds";

/** Choose models from the project's own graph, see exactly what a selection runs, and build it. */
export function DbtPage() {
  const query = useQuery(dbtStatusQuery());
  const standingError = useStandingError(query);
  if (query.data?.project) {
    return (
      <>
        <PageHeader title="dbt" sub={<ProjectFacts project={query.data.project} />} />
        <BuildWorkbench status={query.data} project={query.data.project} />
        <LastBuilds />
      </>
    );
  }
  if (!query.data && !standingError) return <DbtSkeleton />;
  return (
    <>
      <PageHeader title="dbt" />
      {query.data ? (
        <NoProject problem={query.data.problem} />
      ) : (
        standingError && (
          <ErrorNotice
            title="The dbt project could not be read"
            error={standingError}
            onRetry={() => query.refetch()}
            retrying={query.isFetching}
          />
        )
      )}
      <div className={classes.builds}>
        <LastBuilds />
      </div>
    </>
  );
}

/** `25 models, 48 tests · nba_elt, dbt 1.10.2 · manifest of 3 h ago` */
function ProjectFacts({ project }: { project: DbtProject }) {
  const models = project.nodes.filter(({ type }) => type === "model").length;
  const tests = project.nodes.filter(isTest).length;
  return (
    <>
      {counted(models, "model")}, {counted(tests, "test")} · {project.projectName}, dbt {project.dbtVersion}
      {project.generatedAt !== null && (
        <>
          {" "}
          · manifest of <RelativeTime at={project.generatedAt} />
        </>
      )}
    </>
  );
}

/** Nothing to choose from: what will appear, why it does not yet, and what to do. */
function NoProject({ problem }: { problem: string | null }) {
  return (
    <section className={classes.empty} role={problem === null ? undefined : "alert"}>
      <h2>
        {problem === null ? "No worker has looked at the dbt project yet" : "The dbt project cannot be read"}
      </h2>
      {problem !== null && <p className={classes.problem}>{problem}</p>}
      <p>
        The project's models appear here by layer and folder, with what each selection of them runs. A worker
        reads them from dbt's own manifest, so one has to be running where dbt and the project are; it looks
        again every few minutes.
      </p>
      <p>
        <Link href="/health">Is a worker running?</Link>
      </p>
    </section>
  );
}
