"use client";

import { Button } from "@mantine/core";
import Link from "next/link";
import { PageHeader } from "@/components/shell/page-header";
import classes from "./load-error.module.css";

/** For an address that names no run. */
export function RunNotFound() {
  return (
    <>
      <PageHeader title="No such run" />
      <div className={classes.panel}>
        <p className={classes.text}>
          No run has this address. It may have been mistyped, or cut when it was pasted; every run that was
          ever accepted is in the list.
        </p>
        <Button component={Link} href="/runs" variant="default">
          All runs
        </Button>
      </div>
    </>
  );
}
