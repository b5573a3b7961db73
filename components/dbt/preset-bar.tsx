"use client";

import { IconX } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { ActButton } from "@/components/shell/act-button";
import { refusedAttributes, useRefusal } from "@/components/shell/refusal";
import type { DbtPreset } from "@/lib/contracts/dbt";
import type { DbtParams } from "@/lib/contracts/run-kinds/dbt";
import classes from "./preset-bar.module.css";

const SavePresetDialog = dynamic(
  () => import("./save-preset-dialog").then((module) => module.SavePresetDialog),
  { ssr: false },
);
const DeletePresetDialog = dynamic(
  () => import("./delete-preset-dialog").then((module) => module.DeletePresetDialog),
  { ssr: false },
);

type PresetBarProps = {
  presets: readonly DbtPreset[];
  build: DbtParams;
  onChoose: (build: { select: readonly string[]; fullRefresh: boolean }) => void;
};

/** Builds that have a name: the runbook's, and what somebody saved. */
export function PresetBar({ presets, build, onChoose }: PresetBarProps) {
  const [saving, setSaving] = useState(false);
  const [deleting, setDeleting] = useState<DbtPreset | null>(null);
  const refusal = useRefusal("run");
  const current = presets.find((preset) => isSame(preset, build));
  return (
    <div className={classes.bar}>
      {presets.map((preset) => (
        <span key={preset.id} className={classes.preset} data-current={preset === current || undefined}>
          <button
            type="button"
            className={classes.name}
            title={preset.unavailable ?? titleOf(preset)}
            aria-pressed={preset === current}
            data-disabled={preset.unavailable !== null || undefined}
            aria-disabled={preset.unavailable !== null}
            onClick={() =>
              preset.unavailable === null &&
              onChoose({ select: preset.selectors, fullRefresh: preset.fullRefresh })
            }
          >
            {preset.name}
          </button>
          {!preset.builtIn && (
            <button
              type="button"
              className={classes.delete}
              aria-label={`Delete the preset ${preset.name}…`}
              onClick={() => setDeleting(preset)}
              {...(refusal !== null && refusedAttributes(refusal))}
            >
              <IconX size={12} aria-hidden />
            </button>
          )}
        </span>
      ))}
      {!current && build.select.length > 0 && (
        <ActButton needs="run" size="xs" variant="subtle" onClick={() => setSaving(true)}>
          Save this…
        </ActButton>
      )}
      {saving && <SavePresetDialog build={build} onClose={() => setSaving(false)} />}
      {deleting && <DeletePresetDialog preset={deleting} onClose={() => setDeleting(null)} />}
    </div>
  );
}

/** The same selections, in whichever order, and the same refresh. */
function isSame(preset: DbtPreset, build: DbtParams): boolean {
  return (
    preset.fullRefresh === build.fullRefresh &&
    preset.selectors.length === build.select.length &&
    preset.selectors.every((selector) => build.select.includes(selector))
  );
}

function titleOf({ selectors, fullRefresh, createdBy }: DbtPreset): string {
  const what = selectors.length === 0 ? "everything" : selectors.join(" ");
  const by = createdBy === null ? "" : `, saved by ${createdBy}`;
  return `${what}${fullRefresh ? ", full refresh" : ""}${by}`;
}
