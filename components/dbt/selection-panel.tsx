"use client";

import { Button, Switch } from "@mantine/core";
import { ActButton } from "@/components/shell/act-button";
import { CommandLine } from "@/components/shell/command-line";
import { WarningList } from "@/components/shell/warning-list";
import type { DbtPreset } from "@/lib/contracts/dbt";
import type { DbtParams } from "@/lib/contracts/run-kinds/dbt";
import { quoteArgv } from "@/lib/runs/quote-argv";
import { buildCountText, counted, estimateText } from "./build-words";
import { PresetBar } from "./preset-bar";
import { SelectionChips } from "./selection-chips";
import classes from "./selection-panel.module.css";
import type { previewedBuild } from "./use-build-order";

type SelectionPanelProps = {
  build: DbtParams;
  known: ReturnType<typeof previewedBuild>;
  /** The preview is of this very build, and it can be ordered. */
  ready: boolean;
  /** How many incremental models a full refresh would rebuild from all of their rows. */
  incremental: number;
  isKnown: (name: string) => boolean;
  presets: readonly DbtPreset[];
  onSelection: (selection: string[]) => void;
  onFullRefresh: (on: boolean) => void;
  onBuild: (build: { select: readonly string[]; fullRefresh: boolean }) => void;
  /** Opens the dialog that orders it. */
  onOrder: () => void;
};

/** What is to be built: the selection as chips, presets, full refresh, the command, and the button. */
export function SelectionPanel(props: SelectionPanelProps) {
  const { build, known, ready, incremental, isKnown, presets, onSelection, onFullRefresh, onBuild, onOrder } =
    props;
  const everything = build.select.length === 0;
  // Another build is told of above, whatever is selected.
  const warnings = (ready && known?.warnings.filter(({ code }) => code !== "foreign-build")) || [];
  return (
    <section className={classes.panel} aria-label="What to build">
      <div className={classes.select}>
        <span className={classes.label}>Select</span>
        <div className={classes.chips}>
          {everything ? (
            <span className={classes.everything}>
              <b>Everything.</b> Nothing is chosen, so the whole project is built.
            </span>
          ) : (
            <>
              <SelectionChips selection={build.select} isKnown={isKnown} onChange={onSelection} />
              <Button size="xs" variant="subtle" onClick={() => onSelection([])}>
                Clear
              </Button>
            </>
          )}
        </div>
      </div>
      <div className={classes.presets}>
        <span className={classes.label}>Presets</span>
        <PresetBar presets={presets} build={build} onChoose={onBuild} />
      </div>
      <div className={classes.act}>
        <Switch
          label="Full refresh"
          labelPosition="left"
          checked={build.fullRefresh}
          onChange={(event) => onFullRefresh(event.currentTarget.checked)}
        />
        <ActButton needs="run" onClick={onOrder} data-disabled={!ready || undefined} aria-disabled={!ready}>
          {orderText(build, known)}
        </ActButton>
        <p className={classes.estimate} role="status">
          {known && ready ? estimateText(known.details) : "\u00a0"}
          {known && ready && build.fullRefresh && (
            <>
              {" "}
              · rebuilds{" "}
              {incremental === 0 ? "no incremental model" : counted(incremental, "incremental model")}
            </>
          )}
        </p>
      </div>
      <div className={classes.command}>
        {known ? (
          <CommandLine command={quoteArgv(known.run.argv)} label="the command" />
        ) : (
          <div className={classes.noCommand} />
        )}
        <WarningList warnings={warnings} />
      </div>
    </section>
  );
}

function orderText({ select, fullRefresh }: DbtParams, known: SelectionPanelProps["known"]): string {
  const verb = fullRefresh ? "Rebuild" : "Build";
  if (select.length === 0) return `${verb} everything…`;
  return known ? `${verb} ${buildCountText(known.details)}…` : `${verb}…`;
}
