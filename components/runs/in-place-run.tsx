"use client";

import { catchError, type ErrorInfo } from "next/error";
import { useLayoutEffect } from "react";
import { ErrorNotice } from "@/components/shell/error-notice";
import { PageHeader } from "@/components/shell/page-header";
import { RunPage } from "./run-page";

/** A run's page where the router has another: with the title, the scroll and the errors that Next sees to else. */
export function InPlaceRun({ id }: { id: string }) {
  useLayoutEffect(() => {
    window.scrollTo(0, 0);
    document.getElementById("main")?.focus({ preventScroll: true });
  }, []);
  return (
    <>
      {/* Put before the title of the page that the router has, which shows again once this one is gone. */}
      <title>Run · Backcourt</title>
      <Guarded>
        <RunPage id={id} />
      </Guarded>
    </>
  );
}

const Guarded = catchError(function Failed(_props: object, { error, retry }: ErrorInfo) {
  const shown = error instanceof Error ? error : new Error("An unknown error was thrown.");
  return (
    <>
      <PageHeader title="This page failed" />
      <ErrorNotice title="A defect in Backcourt" error={shown} onRetry={retry} />
    </>
  );
});
