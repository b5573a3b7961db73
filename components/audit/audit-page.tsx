"use client";

import { Button } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { LoadError } from "@/components/runs/load-error";
import { PageHeader } from "@/components/shell/page-header";
import { auditQuery } from "@/lib/queries/audit-queries";
import { useAuditAddress } from "./audit-filter";
import { AuditFilters } from "./audit-filters";
import { AuditList } from "./audit-list";
import classes from "./audit-page.module.css";
import { AuditSkeleton } from "./audit-skeleton";

/** Every act and every refusal, newest first: who, from where, what, why, and what became of it. */
export function AuditPage() {
  const address = useAuditAddress();
  const { filter, before, filtered } = address;
  const { data, error, refetch, isFetching, isPlaceholderData } = useQuery({
    ...auditQuery({ ...filter, before }),
    placeholderData: keepPreviousData,
  });
  const older = data?.nextBefore ?? null;
  return (
    <>
      <PageHeader
        title="Audit"
        sub="who did what, from where, and what was refused; nothing here can be changed"
      />
      <AuditFilters address={address} />
      {data && error && (
        <p className={classes.stale} role="status">
          {error.message} The list is from before.
        </p>
      )}
      {!data && error && (
        <LoadError what="The audit" error={error} onRetry={refetch} retrying={isFetching} inline />
      )}
      {!data && !error && <AuditSkeleton />}
      {data && data.entries.length > 0 && (
        <AuditList entries={data.entries} address={address} refreshing={isPlaceholderData} />
      )}
      {data?.entries.length === 0 && (
        <p className={classes.empty}>
          {before !== undefined
            ? "There are no older entries."
            : filtered
              ? "No entry matches these filters."
              : "No entry yet. Each sign-in, each order and each refusal appears here as it happens."}
        </p>
      )}
      {(before !== undefined || older !== null) && (
        <nav className={classes.pager} aria-label="Pages of the list">
          <Button variant="default" disabled={before === undefined} onClick={() => address.page(null)}>
            Newest
          </Button>
          <Button
            variant="default"
            disabled={older === null || isPlaceholderData}
            onClick={() => address.page(older)}
          >
            Older
          </Button>
        </nav>
      )}
    </>
  );
}
