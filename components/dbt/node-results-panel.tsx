"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { type CSSProperties, useState } from "react";
import { isActive } from "@/components/runs/run-state";
import { ChoiceGroup } from "@/components/shell/choice-group";
import { PHONE, useMedia } from "@/components/shell/use-media";
import type { DbtNodeResult } from "@/lib/contracts/run-kinds/dbt";
import type { RunDetail } from "@/lib/contracts/runs";
import { nodeResultsQuery } from "@/lib/queries/node-result-queries";
import { BuildProgress } from "./build-progress";
import classes from "./node-results-panel.module.css";
import { NodeResultsTable } from "./node-results-table";
import {
  countByFilter,
  filterNodeResults,
  NODE_FILTERS,
  type NodeFilter,
  orderNodeResults,
  orderRunningNodes,
} from "./order-node-results";
import { RetryBuild } from "./retry-build";

const CompiledSqlDialog = dynamic(
  () => import("./compiled-sql-dialog").then((module) => module.CompiledSqlDialog),
  { ssr: false },
);

/** More often than the stream speaks of the run: a node takes part of a second. */
const LIVE_MS = 1_500;
const SHOWN_AT_FIRST = 200;
/** Before dbt has read its project: as many as the table shows at once. */
const ROWS_UNKNOWN = 11;
/** Where the table has no room of its own to scroll in. */
const SHOWN_ON_PHONE = 12;

const FILTER_LABEL: Record<NodeFilter, string> = { all: "All", failed: "Failed", slow: "Slow" };

/** How far a build is, and each of its models and tests: state, time against its usual, rows, message, SQL. */
export function NodeResultsPanel({ run }: { run: RunDetail }) {
  const active = isActive(run.state);
  const { data, error } = useQuery({
    ...nodeResultsQuery(run.id),
    refetchInterval: active && run.state !== "queued" ? LIVE_MS : false,
  });
  const [filter, setFilter] = useQueryState(
    "nodes",
    parseAsStringLiteral(NODE_FILTERS).withDefault("all").withOptions({ history: "replace", scroll: false }),
  );
  const [asked, setAsked] = useState<DbtNodeResult | null>(null);
  const nodes = data ?? [];
  const counts = countByFilter(nodes);
  return (
    <section className={classes.panel} aria-labelledby="nodes-title">
      <div className={classes.head}>
        <h2 id="nodes-title">Models and tests</h2>
        <div className={classes.filters}>
          <ChoiceGroup
            inPanel
            legend="Which of them"
            choices={NODE_FILTERS.map((value) => ({
              value,
              label: FILTER_LABEL[value],
              count: counts[value],
            }))}
            chosen={filter}
            onChoose={setFilter}
          />
        </div>
        {!active && <RetryBuild run={run} />}
      </div>
      <BuildProgress run={run} />
      <div className={classes.body} style={active ? reservedRows(run) : undefined}>
        {nodes.length > 0 ? (
          <Rows
            key={filter}
            nodes={(active ? orderRunningNodes : orderNodeResults)(filterNodeResults(nodes, filter))}
            growing={active}
            filter={filter}
            onSql={setAsked}
          />
        ) : (
          <p className={classes.none} role={error ? "alert" : undefined}>
            {error
              ? `What became of the models and tests could not be read: ${error.message}`
              : emptyText(run, data)}
          </p>
        )}
      </div>
      {asked && <CompiledSqlDialog runId={run.id} node={asked} onClose={() => setAsked(null)} />}
    </section>
  );
}

/** Room for the rows that will come, so that the log below stays where it is. */
function reservedRows({ progress }: RunDetail): CSSProperties {
  const total = progress?.kind === "dbt" && progress.total > 0 ? progress.total : ROWS_UNKNOWN;
  return { "--rows": total } as CSSProperties;
}

function Rows({
  nodes,
  growing,
  filter,
  onSql,
}: {
  nodes: DbtNodeResult[];
  growing: boolean;
  filter: NodeFilter;
  onSql: (node: DbtNodeResult) => void;
}) {
  const [all, setAll] = useState(false);
  const phone = useMedia(PHONE);
  if (nodes.length === 0) return <p className={classes.none}>{NONE_LEFT[filter]}</p>;
  const shown = all ? nodes : nodes.slice(0, phone ? SHOWN_ON_PHONE : SHOWN_AT_FIRST);
  return (
    <>
      <NodeResultsTable nodes={shown} growing={growing} onSql={onSql} />
      {shown.length < nodes.length && (
        <button type="button" className={classes.more} onClick={() => setAll(true)}>
          Show all {nodes.length.toLocaleString("en-US")}
        </button>
      )}
    </>
  );
}

const NONE_LEFT: Record<NodeFilter, string> = {
  all: "",
  failed: "Nothing failed.",
  slow: "Nothing took much longer than it usually does.",
};

function emptyText(run: RunDetail, data: DbtNodeResult[] | undefined): string {
  if (data === undefined) return "Reading the models and tests…";
  if (run.state === "queued") return "Each model and test appears here as dbt starts it.";
  if (isActive(run.state))
    return "dbt is reading its project. Each model and test appears here as it starts.";
  return "dbt started no model and no test. The log says how far it came.";
}
