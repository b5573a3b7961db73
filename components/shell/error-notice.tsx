"use client";

import { Button } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import classes from "./error-notice.module.css";

/** Why something could not be read or done, in words, and a way to try again. */
export function ErrorNotice({
  title,
  error,
  onRetry,
  retrying = false,
}: {
  title: string;
  error: Error;
  onRetry?: () => void;
  retrying?: boolean;
}) {
  return (
    <div className={classes.notice} role="alert">
      <IconAlertTriangle size={16} aria-hidden className={classes.icon} />
      <div className={classes.words}>
        <p className={classes.title}>{title}</p>
        <p className={classes.why}>{error.message}</p>
        {onRetry && (
          <Button size="xs" variant="default" onClick={onRetry} loading={retrying} className={classes.retry}>
            Try again
          </Button>
        )}
      </div>
    </div>
  );
}
