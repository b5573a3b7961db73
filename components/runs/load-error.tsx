"use client";

import { Button } from "@mantine/core";
import { PageHeader } from "@/components/shell/page-header";
import classes from "./load-error.module.css";

type Props = {
  /** The subject of "cannot be shown". */
  what: string;
  error: Error;
  onRetry: () => void;
  retrying: boolean;
  /** Inside of a page that has its title already. */
  inline?: boolean;
};

/** Nothing to show, why, and a way to ask again. */
export function LoadError({ what, error, onRetry, retrying, inline = false }: Props) {
  return (
    <>
      {!inline && <PageHeader title={`${what} cannot be shown`} />}
      <div className={classes.panel} role="alert">
        {inline && <h2>{what} cannot be shown</h2>}
        <p className={classes.text}>{error.message}</p>
        <Button variant="default" loading={retrying} onClick={onRetry}>
          Try again
        </Button>
      </div>
    </>
  );
}
