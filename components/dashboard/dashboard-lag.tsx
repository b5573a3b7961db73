"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { StateGlyph } from "@/components/freshness/state-glyph";
import { dashboardDueQuery } from "@/lib/queries/dashboard-queries";
import classes from "./dashboard-lag.module.css";

/** The dashboard lags as a whole: said once, on the page of dates, and only while it does. */
export function DashboardLag() {
  const { data } = useQuery(dashboardDueQuery());
  if (data?.state !== "due") return null;
  return (
    <Link href="/dashboard" className={classes.lag}>
      <StateGlyph state="stale" size={11} />
      dashboard behind, restart due
    </Link>
  );
}
