"use client";

import { Button, Checkbox, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { ErrorNotice } from "@/components/shell/error-notice";
import type { MlPreview } from "@/lib/contracts/run-kinds/ml";
import type { CreateRunsResponse, RunPreview } from "@/lib/contracts/runs";
import type { GameDate } from "@/lib/game-date";
import classes from "./ml-form.module.css";
import { MlPreviewView } from "./ml-preview";
import { useMlOrder } from "./use-ml-order";

type MlFormProps = {
  gameDate: GameDate;
  onClose: () => void;
  onOrdered: (run: CreateRunsResponse["runs"][number]) => void;
};

/** The preview of a re-run, what may be said or overridden about it, and the button that places it. */
export function MlForm({ gameDate, onClose, onOrdered }: MlFormProps) {
  const [override, setOverride] = useState(false);
  const [reason, setReason] = useState("");
  const { preview, place } = useMlOrder({ gameDate, override, reason, onClose, onOrdered });
  const run = preview.data?.runs[0];
  const details = run?.details?.kind === "ml" ? run.details : null;
  const ready =
    preview.data !== undefined && !preview.isPlaceholderData && !preview.isError && !place.isPending;
  const heldBack = override || warningsOf(preview.data).some((warning) => warning.code === "daily-run");
  const nothing = details !== null && details.willPredict === 0;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (ready) place.mutate();
  }

  return (
    <form onSubmit={submit} className={classes.form}>
      {preview.isError && (
        <ErrorNotice
          title="What would run could not be worked out"
          error={preview.error}
          onRetry={() => preview.refetch()}
          retrying={preview.isFetching}
        />
      )}
      {preview.data && run && details && !preview.isError && (
        <MlPreviewView details={details} run={run} warnings={warningsOf(preview.data)} />
      )}
      {preview.isPending && (
        <div className={classes.skeleton} aria-busy="true">
          Looking at the feature table, the flag and tonight's games…
        </div>
      )}
      {heldBack && (
        <Checkbox
          label="Start although the daily run has its window"
          description="Its own ML step would write the same rows."
          checked={override}
          onChange={(event) => setOverride(event.currentTarget.checked)}
        />
      )}
      <TextInput
        label="Reason"
        description="Optional; kept with the run"
        placeholder="dbt was late today"
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {place.error && <ErrorNotice title="The run was not ordered" error={place.error} />}
      <div className={classes.actions}>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        {/* Not `disabled`: the focus it is given on opening would be lost. */}
        <Button
          type="submit"
          data-autofocus
          variant={nothing ? "default" : "filled"}
          data-disabled={!ready || undefined}
          aria-disabled={!ready}
        >
          {confirmText(details, place.isPending, run?.alreadyActive != null)}
        </Button>
      </div>
    </form>
  );
}

function warningsOf(preview: RunPreview | undefined) {
  return preview ? [...preview.warnings, ...preview.runs.flatMap((run) => run.warnings)] : [];
}

function confirmText(details: MlPreview | null, placing: boolean, active: boolean): string {
  if (placing) return "Ordering…";
  if (active) return "Follow its run";
  if (details === null) return "Run it";
  if (details.willPredict === 0) return "Run it all the same";
  return `Predict ${details.willPredict === 1 ? "1 game" : `${details.willPredict} games`}`;
}
