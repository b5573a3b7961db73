"use client";

import { Button } from "@mantine/core";
import type { PredictionsPage } from "@/lib/contracts/predictions";
import { PREDICTIONS_PER_PAGE } from "@/lib/contracts/predictions";
import classes from "./predictions-pager.module.css";

/** `1–100 of 1,244 rows` and the ways to the neighbouring pages. */
export function PredictionsPager({
  answer: { page, pages, total, rows },
  turning,
  onPage,
}: {
  answer: PredictionsPage;
  /** Another page is on its way. */
  turning: boolean;
  onPage: (page: number) => void;
}) {
  if (pages <= 1 && page === 1) return null;
  const first = (page - 1) * PREDICTIONS_PER_PAGE + 1;
  return (
    <nav className={classes.pager} aria-label="Pages of the table">
      <span className={classes.where}>
        {rows.length > 0
          ? `${first.toLocaleString("en-US")}–${(first + rows.length - 1).toLocaleString("en-US")} of ${total.toLocaleString("en-US")} rows`
          : `page ${page} of ${pages}`}
      </span>
      <Button variant="default" disabled={page === 1} onClick={() => onPage(1)}>
        First
      </Button>
      <Button variant="default" disabled={page === 1} onClick={() => onPage(Math.min(page, pages + 1) - 1)}>
        Previous
      </Button>
      <Button variant="default" disabled={page >= pages || turning} onClick={() => onPage(page + 1)}>
        Next
      </Button>
    </nav>
  );
}
