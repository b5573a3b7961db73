"use client";

import { Button, Checkbox, TextInput } from "@mantine/core";
import { type FormEvent, useEffect, useState } from "react";
import { ErrorNotice } from "@/components/shell/error-notice";
import { preloadRunInPlace } from "@/components/shell/run-in-place";
import type { RunPreview } from "@/lib/contracts/runs";
import type { GameDate } from "@/lib/game-date";
import classes from "./backfill-form.module.css";
import { BackfillPreview, PreviewSkeleton } from "./backfill-preview";
import { useBackfillOrder } from "./use-backfill-order";

type BackfillFormProps = { dates: GameDate[]; onClose: () => void; onOrdered: () => void };

/** The preview of an order, what may be said or overridden about it, and the button that places it. */
export function BackfillForm({ dates, onClose, onOrdered }: BackfillFormProps) {
  const [override, setOverride] = useState(false);
  const [reason, setReason] = useState("");
  const { preview, place } = useBackfillOrder({ dates, override, reason, onClose, onOrdered });
  const ready =
    preview.data !== undefined && !preview.isPlaceholderData && !preview.isError && !place.isPending;
  const heldBack = override || allWarnings(preview.data).some((warning) => warning.code === "daily-run");

  // The run's page is where a confirmed order leads: its code is there before the click.
  useEffect(() => {
    preloadRunInPlace();
  }, []);

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
      {preview.data && !preview.isError && <BackfillPreview preview={preview.data} />}
      {preview.isPending && <PreviewSkeleton runs={dates.length} />}
      {heldBack && (
        <Checkbox
          label="Start although the daily run has its window"
          description="Both would write the same tables and share the source's limit."
          checked={override}
          onChange={(event) => setOverride(event.currentTarget.checked)}
        />
      )}
      <TextInput
        label="Reason"
        description="Optional; kept with the run"
        placeholder="Slack alert at noon"
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {place.error && <ErrorNotice title="The backfill was not ordered" error={place.error} />}
      <div className={classes.actions}>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        {/* Not `disabled`: the focus it is given on opening would be lost. */}
        <Button type="submit" data-autofocus data-disabled={!ready || undefined} aria-disabled={!ready}>
          {confirmText(dates.length, preview.data, place.isPending)}
        </Button>
      </div>
    </form>
  );
}

function allWarnings(preview: RunPreview | undefined) {
  return preview ? [...preview.warnings, ...preview.runs.flatMap((run) => run.warnings)] : [];
}

function confirmText(dates: number, preview: RunPreview | undefined, placing: boolean): string {
  if (placing) return "Ordering…";
  if (preview?.runs.every((run) => run.alreadyActive))
    return dates === 1 ? "Go to its run" : "Go to their runs";
  return dates === 1 ? "Backfill" : `Backfill ${dates} dates`;
}
