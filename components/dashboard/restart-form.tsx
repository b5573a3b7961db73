"use client";

import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useEffect, useState } from "react";
import { ErrorNotice } from "@/components/shell/error-notice";
import { preloadRunInPlace } from "@/components/shell/run-in-place";
import type { DashboardMode } from "@/lib/contracts/run-kinds/dashboard-restart";
import classes from "./restart-form.module.css";
import { RestartPreview } from "./restart-preview";
import { previewedRestart, useRestartOrder } from "./use-restart-order";

/** The preview of a restart or a refresh, what must be typed about it, and the button that orders it. */
export function RestartForm({ mode, onClose }: { mode: DashboardMode; onClose: () => void }) {
  const [reason, setReason] = useState("");
  const [confirm, setConfirm] = useState("");
  const { preview, place } = useRestartOrder({ mode, reason, confirm, onOrdered: onClose });
  const known = previewedRestart(preview.data);
  const wanted = known?.details.confirm ?? null;
  const typed = wanted === null || confirm.trim() === wanted;
  const refused = known?.details.refusal != null && known.run.alreadyActive === null;
  const ready = known !== null && !preview.isError && !refused && typed && !place.isPending;

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
      {known && !preview.isError && <RestartPreview {...known} />}
      {preview.isPending && (
        <div className={classes.skeleton} aria-busy="true">
          Looking at the service…
        </div>
      )}
      <TextInput
        label="Reason"
        description="Optional; kept with the run"
        placeholder={mode === "restart" ? "The marts were rebuilt by hand" : "Predictions were made late"}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {/* There from the start, so that the focus it is given on opening stays with it. */}
      {mode === "restart" && (
        <TextInput
          label={
            wanted === null ? (
              "Type the service's name to restart it"
            ) : (
              <>
                Type <code>{wanted}</code> to restart it
              </>
            )
          }
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          data-autofocus
          value={confirm}
          onChange={(event) => setConfirm(event.currentTarget.value)}
        />
      )}
      {place.error && <ErrorNotice title="The order was not placed" error={place.error} />}
      <div className={classes.actions}>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        {/* Not `disabled`: the focus it is given on opening would be lost. */}
        <Button
          type="submit"
          data-autofocus={mode === "refresh" || undefined}
          data-disabled={!ready || undefined}
          aria-disabled={!ready}
        >
          {confirmText(mode, known, place.isPending)}
        </Button>
      </div>
    </form>
  );
}

function confirmText(
  mode: DashboardMode,
  known: ReturnType<typeof previewedRestart>,
  placing: boolean,
): string {
  if (placing) return "Ordering…";
  if (known?.run.alreadyActive) return "Go to its run";
  return mode === "restart" ? "Restart the dashboard" : "Refresh the data";
}
