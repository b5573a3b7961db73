"use client";

import { Button, Modal, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useReturnFocus } from "@/components/shell/use-return-focus";
import { createDbtPresetRequestSchema } from "@/lib/contracts/dbt";
import type { DbtParams } from "@/lib/contracts/run-kinds/dbt";
import { createDbtPreset, dbtKeys } from "@/lib/queries/dbt-queries";
import classes from "./preset-dialog.module.css";

/** Asks for the name under which a selection is kept for everybody. */
export function SavePresetDialog({ build, onClose }: { build: DbtParams; onClose: () => void }) {
  useReturnFocus();
  const queryClient = useQueryClient();
  const [name, setName] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const save = useMutation({
    mutationFn: createDbtPreset,
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: dbtKeys.all });
      onClose();
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    const request = createDbtPresetRequestSchema.safeParse({
      name,
      selectors: build.select,
      fullRefresh: build.fullRefresh,
    });
    if (!request.success) {
      setProblem(
        request.error.issues.map((issue) => `The ${String(issue.path[0])} ${issue.message}`).join(" "),
      );
      return;
    }
    setProblem(null);
    save.mutate(request.data);
  }

  return (
    <Modal opened onClose={onClose} title="Save this selection" centered>
      <form onSubmit={submit} className={classes.form}>
        <p className={classes.what}>
          <code>{build.select.join(" ")}</code>
          {build.fullRefresh && ", full refresh"}. Everybody sees it among the presets.
        </p>
        <TextInput
          data-autofocus
          label="Name"
          placeholder="Standings only"
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={problem ?? save.error?.message}
        />
        <div className={classes.actions}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            Save
          </Button>
        </div>
      </form>
    </Modal>
  );
}
