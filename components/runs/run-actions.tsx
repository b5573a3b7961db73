"use client";

import { Button, Modal } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ActButton } from "@/components/shell/act-button";
import type { RunDetail } from "@/lib/contracts/runs";
import { cancelRun, rawLogUrl, runKeys } from "@/lib/queries/run-queries";
import { KIND_VIEWS } from "./kinds/kind-views";
import classes from "./run-actions.module.css";
import { isActive } from "./run-state";

/** What can be done with a run: read its log as a file, cancel it, order the same again. */
export function RunActions({ run }: { run: RunDetail }) {
  const { Again } = KIND_VIEWS[run.kind];
  return (
    <div className={classes.actions}>
      <Button component="a" variant="default" className={classes.raw} href={rawLogUrl(run.id)} download>
        Raw log
      </Button>
      {(run.state === "queued" || run.state === "running") && <CancelRun run={run} />}
      {Again && !isActive(run.state) && <Again run={run} />}
    </div>
  );
}

function CancelRun({ run }: { run: RunDetail }) {
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState(false);
  const cancel = useMutation({
    mutationFn: () => cancelRun(run.id),
    onSuccess: (answer) => {
      queryClient.setQueryData<RunDetail>(
        runKeys.detail(run.id),
        (known) => known && { ...known, ...answer },
      );
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: runKeys.detail(run.id) }),
  });
  const asked = run.cancelRequestedAt !== null || cancel.isPending;
  // Nothing of a queued run exists yet, so nothing can be lost by a slip.
  const onClick = () => (run.state === "queued" ? cancel.mutate() : setAsking(true));
  const confirm = () => {
    setAsking(false);
    cancel.mutate();
  };
  return (
    <>
      {cancel.isError && (
        <span role="alert" className={classes.error}>
          {cancel.error.message}
        </span>
      )}
      <ActButton needs="run" variant="default" className={classes.cancel} disabled={asked} onClick={onClick}>
        {asked ? "Cancelling…" : run.state === "queued" ? "Cancel" : "Cancel…"}
      </ActButton>
      <Modal opened={asking} onClose={() => setAsking(false)} title={`Cancel ${run.title}?`} centered>
        <p className={classes.text}>{KIND_VIEWS[run.kind].cancelText}</p>
        <div className={classes.choices}>
          <Button variant="default" onClick={() => setAsking(false)}>
            Let it run
          </Button>
          <Button className={classes.stop} data-autofocus onClick={confirm}>
            Cancel the run
          </Button>
        </div>
      </Modal>
    </>
  );
}
