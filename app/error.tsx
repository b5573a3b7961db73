"use client";

import { ErrorNotice } from "@/components/shell/error-notice";
import { PageHeader } from "@/components/shell/page-header";

/** A defect in a page: said, with a way on, while navigation stays. */
export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  const shown = error instanceof Error ? error : new Error("An unknown error was thrown.");
  return (
    <>
      <PageHeader title="This page failed" />
      <ErrorNotice title="A defect in Backcourt" error={shown} onRetry={retry} />
    </>
  );
}
