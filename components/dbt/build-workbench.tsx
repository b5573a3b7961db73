"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useMemo, useState } from "react";
import type { DbtProject, DbtStatus } from "@/lib/contracts/dbt";
import { formatSelector, parseSelector } from "@/lib/dbt/parse-selector";
import { BuildPlan } from "./build-plan";
import classes from "./build-workbench.module.css";
import { DbtNotices } from "./dbt-notices";
import { ModelBrowser } from "./model-browser";
import { reachOf, toggleSelector } from "./selection";
import { SelectionPanel } from "./selection-panel";
import { buildPreviewQuery, previewedBuild } from "./use-build-order";
import { useDbtAddress } from "./use-dbt-address";

const BuildDialog = dynamic(() => import("./build-dialog").then((module) => module.BuildDialog), {
  ssr: false,
});

/** The page's working part: choosing on the left and above, what that comes to on the right. */
export function BuildWorkbench({ status, project }: { status: DbtStatus; project: DbtProject }) {
  const { build, search, setSelection, setFullRefresh, setBuild, setSearch } = useDbtAddress();
  const [ordering, setOrdering] = useState(false);
  const preview = useQuery({ ...buildPreviewQuery(build), placeholderData: keepPreviousData });
  const known = previewedBuild(preview.data);
  const ready = known !== null && !preview.isPlaceholderData && !preview.isError;
  const selectable = useMemo(
    () => new Set(project.nodes.filter((node) => node.selectable).flatMap(namesOf)),
    [project],
  );
  const builtIds = useMemo(
    () => new Set(known?.details.nodes.map(({ uniqueId }) => uniqueId)),
    [known?.details],
  );
  const named = useMemo(
    () => new Set(build.select.flatMap((text) => parseSelector(text)?.name ?? [])),
    [build.select],
  );
  const incremental = project.nodes.filter(
    ({ uniqueId, materialized }) => materialized === "incremental" && builtIds.has(uniqueId),
  ).length;

  /** A click on a box puts its model in alone, or takes it out however it is in. */
  function pick(name: string) {
    const reach = reachOf(build.select, name) ?? { before: 0, after: 0 };
    setSelection(toggleSelector(build.select, { name, ...reach }));
  }

  return (
    <>
      <DbtNotices status={status} onChoose={setBuild} />
      <SelectionPanel
        build={build}
        known={known}
        ready={ready}
        incremental={incremental}
        isKnown={(name) => selectable.has(name)}
        presets={status.presets}
        onSelection={setSelection}
        onFullRefresh={setFullRefresh}
        onBuild={setBuild}
        onOrder={() => ready && setOrdering(true)}
      />
      <div className={classes.columns}>
        <div className={classes.models}>
          <ModelBrowser
            project={project}
            usualTimes={status.usualTimes}
            selection={build.select}
            build={builtIds}
            search={search}
            onSearch={setSearch}
            onToggle={(text) => {
              const selector = parseSelector(text);
              if (selector) setSelection(toggleSelector(build.select, selector));
            }}
          />
        </div>
        <div className={classes.plan}>
          <BuildPlan
            project={project}
            details={known?.details ?? null}
            named={named}
            error={preview.isError ? preview.error : null}
            onRetry={() => preview.refetch()}
            refreshing={preview.isFetching && !ready}
            onPick={pick}
          />
        </div>
      </div>
      {ordering && <BuildDialog build={build} title={titleOf(build)} onClose={() => setOrdering(false)} />}
    </>
  );
}

/** A version of a model is also meant by the model's own name. */
function namesOf({ name, version, fqn }: DbtProject["nodes"][number]): string[] {
  return version === null ? [name] : [name, fqn.at(-2) ?? name];
}

function titleOf({ select, fullRefresh }: { select: readonly string[]; fullRefresh: boolean }): string {
  const verb = fullRefresh ? "Rebuild" : "Build";
  if (select.length === 0) return `${verb} everything`;
  const [only = ""] = select;
  const selector = select.length === 1 ? parseSelector(only) : null;
  return selector ? `${verb} ${formatSelector(selector)}` : `${verb} ${select.length} selections`;
}
