"use client";

import dynamic from "next/dynamic";
import { useMemo, useState } from "react";
import { ChoiceGroup } from "@/components/shell/choice-group";
import { ErrorNotice } from "@/components/shell/error-notice";
import { PHONE, useMedia } from "@/components/shell/use-media";
import type { DbtProject } from "@/lib/contracts/dbt";
import type { DbtPreview } from "@/lib/contracts/run-kinds/dbt";
import classes from "./build-plan.module.css";
import { buildCountText } from "./build-words";
import { aroundBuild, drawnNodes } from "./lineage-layout";
import { RunOrder } from "./run-order";

const LineageGraph = dynamic(() => import("./lineage-graph").then((module) => module.LineageGraph), {
  ssr: false,
  loading: () => <p className={classes.wait}>Drawing…</p>,
});

/** More boxes than this are slow to place and cannot be read. */
const MOST_DRAWN = 400;

const VIEWS = [
  { value: "graph", label: "Graph" },
  { value: "list", label: "List" },
] as const;
type View = (typeof VIEWS)[number]["value"];

type BuildPlanProps = {
  project: DbtProject;
  details: DbtPreview | null;
  named: ReadonlySet<string>;
  error: Error | null;
  onRetry: () => void;
  /** What is shown belongs to the selection before this one. */
  refreshing: boolean;
  onPick: (name: string) => void;
};

/** What the selection builds, as a graph and as the list of every model and test in order. */
export function BuildPlan(props: BuildPlanProps) {
  const { project, details, named, error, onRetry, refreshing, onPick } = props;
  const phone = useMedia(PHONE);
  const [chosen, setChosen] = useState<View | null>(null);
  const [whole, setWhole] = useState(false);
  const view = chosen ?? (phone ? "list" : "graph");
  const build = useMemo(() => new Set(details?.nodes.map(({ uniqueId }) => uniqueId)), [details]);
  const drawn = useMemo(() => {
    const all = drawnNodes(project.nodes);
    return whole ? all : aroundBuild(all, build);
  }, [project, build, whole]);
  return (
    <section className={classes.panel} aria-labelledby="plan-title" aria-busy={refreshing}>
      <div className={classes.head}>
        <h2 id="plan-title">What runs</h2>
        <span className={classes.count} role="status">
          {details && !error ? buildCountText(details) : ""}
        </span>
        {view === "graph" && !details?.everything && (
          <label className={classes.whole}>
            <input
              type="checkbox"
              checked={whole}
              onChange={(event) => setWhole(event.currentTarget.checked)}
            />
            whole project
          </label>
        )}
        <ChoiceGroup inPanel legend="Shown as" choices={VIEWS} chosen={view} onChoose={setChosen} />
      </div>
      <div className={classes.body} data-refreshing={refreshing || undefined}>
        {error ? (
          <div className={classes.error}>
            <ErrorNotice
              title="This cannot be built as it stands"
              error={error}
              onRetry={onRetry}
              retrying={refreshing}
            />
          </div>
        ) : !details ? (
          <p className={classes.wait}>Working out what would run…</p>
        ) : view === "list" ? (
          <RunOrder nodes={details.nodes} named={named} />
        ) : drawn.length > MOST_DRAWN ? (
          <p className={classes.wait}>
            {drawn.length.toLocaleString("en-US")} boxes are too many to draw. The list shows them all.
          </p>
        ) : drawn.length === 0 ? (
          <p className={classes.wait}>Nothing to draw: only tests run. The list shows them.</p>
        ) : (
          <LineageGraph nodes={drawn} build={build} named={named} onPick={onPick} />
        )}
      </div>
    </section>
  );
}
