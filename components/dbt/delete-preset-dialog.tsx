"use client";

import { Button, Modal } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ErrorNotice } from "@/components/shell/error-notice";
import { useReturnFocus } from "@/components/shell/use-return-focus";
import type { DbtPreset } from "@/lib/contracts/dbt";
import { dbtKeys, deleteDbtPreset } from "@/lib/queries/dbt-queries";
import classes from "./preset-dialog.module.css";

/** Asks before a saved selection is gone for everybody. */
export function DeletePresetDialog({ preset, onClose }: { preset: DbtPreset; onClose: () => void }) {
  useReturnFocus();
  const queryClient = useQueryClient();
  const remove = useMutation({
    mutationFn: () => deleteDbtPreset(preset.id),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: dbtKeys.all });
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={`Delete “${preset.name}”?`} centered>
      <div className={classes.form}>
        <p className={classes.what}>
          <code>{preset.selectors.length === 0 ? "everything" : preset.selectors.join(" ")}</code>
          {preset.createdBy !== null && `, saved by ${preset.createdBy}`}. It goes from everybody's presets;
          builds that were ordered with it stay as they are.
        </p>
        {remove.error && <ErrorNotice title="It was not deleted" error={remove.error} />}
        <div className={classes.actions}>
          <Button variant="default" onClick={onClose}>
            Keep it
          </Button>
          <Button data-autofocus loading={remove.isPending} onClick={() => remove.mutate()}>
            Delete
          </Button>
        </div>
      </div>
    </Modal>
  );
}
