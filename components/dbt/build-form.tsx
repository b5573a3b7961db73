"use client";

import { Button, Checkbox, TextInput } from "@mantine/core";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { type FormEvent, useEffect, useState } from "react";
import { ErrorNotice } from "@/components/shell/error-notice";
import { preloadRunInPlace } from "@/components/shell/run-in-place";
import { WarningList } from "@/components/shell/warning-list";
import { withStop } from "@/components/shell/with-stop";
import type { DbtParams } from "@/lib/contracts/run-kinds/dbt";
import classes from "./build-form.module.css";
import { buildOf } from "./build-of-run";
import { BuildPreview } from "./build-preview";
import { dbtHref } from "./dbt-address";
import { previewedBuild, useBuildOrder } from "./use-build-order";

/** The preview of a build, what may be said or must be typed about it, and the button that orders it. */
export function BuildForm({
  build,
  why,
  onClose,
}: {
  build: DbtParams;
  why: string | null;
  onClose: () => void;
}) {
  const pathname = usePathname();
  const [override, setOverride] = useState(false);
  const [reason, setReason] = useState("");
  const [confirm, setConfirm] = useState("");
  const { preview, place } = useBuildOrder({ build, override, reason, confirm, onOrdered: onClose });
  const known = previewedBuild(preview.data);
  // A run that is run again from its failure is selected by the server.
  const planned = buildOf({ kind: "dbt", params: known?.run.params ?? {} }) ?? build;
  const wanted = known?.details.confirm ?? null;
  const said = wanted === null || (confirm.trim() === wanted && reason.trim().length > 0);
  const ready = known !== null && !preview.isPlaceholderData && !preview.isError && !place.isPending && said;
  const heldBack =
    override ||
    (known?.warnings.some(({ code }) => code === "daily-run" || code === "foreign-build") ?? false);

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
      {why !== null && <p className={classes.why}>{withStop(why)}</p>}
      {preview.isError && (
        <ErrorNotice
          title="This cannot be built as it stands"
          error={preview.error}
          onRetry={() => preview.refetch()}
          retrying={preview.isFetching}
        />
      )}
      {known && !preview.isError && (
        <>
          <WarningList warnings={known.warnings} />
          <BuildPreview
            run={known.run}
            details={known.details}
            fullRefresh={build.fullRefresh}
            waits={heldBack && !override}
          />
        </>
      )}
      {preview.isPending && (
        <div className={classes.skeleton} aria-busy="true">
          Working out what would run…
        </div>
      )}
      {heldBack && (
        <Checkbox
          label="Start all the same"
          description="Two builds at once clobber each other's temporary tables: only when you know that the other one is not running."
          checked={override}
          onChange={(event) => setOverride(event.currentTarget.checked)}
        />
      )}
      {wanted !== null && (
        <TextInput
          label={
            <>
              Type <code>{wanted}</code> to rebuild everything
            </>
          }
          autoComplete="off"
          spellCheck={false}
          data-autofocus
          value={confirm}
          onChange={(event) => setConfirm(event.currentTarget.value)}
        />
      )}
      <TextInput
        label="Reason"
        description={wanted === null ? "Optional; kept with the run" : "Kept with the run"}
        placeholder="Silver was behind after the backfill"
        maxLength={500}
        required={wanted !== null}
        withAsterisk={false}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {place.error && <ErrorNotice title="The build was not ordered" error={place.error} />}
      <div className={classes.actions}>
        {pathname !== "/dbt" && (
          <Link href={dbtHref(planned)} className={classes.elsewhere} onClick={onClose}>
            Change it on the dbt page
          </Link>
        )}
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        {/* Not `disabled`: the focus it is given on opening would be lost. */}
        <Button
          type="submit"
          data-autofocus={wanted === null || undefined}
          data-disabled={!ready || undefined}
          aria-disabled={!ready}
        >
          {confirmText(planned, known, place.isPending)}
        </Button>
      </div>
    </form>
  );
}

function confirmText(build: DbtParams, known: ReturnType<typeof previewedBuild>, placing: boolean): string {
  if (placing) return "Ordering…";
  if (known?.run.alreadyActive) return "Go to its run";
  if (build.retryOf !== undefined) return "Run again";
  if (build.select.length === 0) return build.fullRefresh ? "Rebuild everything" : "Build everything";
  return build.fullRefresh ? "Rebuild" : "Build";
}
