"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { activeRunsQuery } from "@/components/freshness/active-runs";
import { needsAttention } from "@/components/freshness/order-attention";
import type { SeasonCoverage } from "@/lib/contracts/coverage";
import type { DashboardDue } from "@/lib/contracts/dashboard";
import type { Permission } from "@/lib/contracts/roles";
import type { ListRunsResponse } from "@/lib/contracts/runs";
import { seasonCoverageQuery } from "@/lib/queries/coverage-queries";
import { dashboardDueQuery } from "@/lib/queries/dashboard-queries";
import classes from "./app-shell.module.css";
import { useViewer } from "./viewer-provider";

const PAGES = [
  { href: "/", label: "Freshness" },
  { href: "/predictions", label: "Predictions" },
  { href: "/dbt", label: "dbt" },
  { href: "/dashboard", label: "Dashboard" },
  { href: "/runs", label: "Runs" },
  { href: "/health", label: "Health" },
  { href: "/access", label: "Access", permission: "people" },
  { href: "/audit", label: "Audit", permission: "audit" },
] as const satisfies { href: string; label: string; permission?: Permission }[];
type Href = (typeof PAGES)[number]["href"];

const countAttention = (coverage: SeasonCoverage) => coverage.dates.filter(needsAttention).length;
/** Games without a prediction that a run of the ML program can still fill: those of its own date, if any. */
const countFillable = (coverage: SeasonCoverage) =>
  coverage.dates.reduce((sum, date) => sum + (date.predictions?.fillable ?? 0), 0);
const countRuns = (answer: ListRunsResponse) => answer.runs.length;
const isDue = ({ state }: DashboardDue) => state === "due";

/** The pages there are, with what waits on each. */
export function NavList({ onFollow }: { onFollow: () => void }) {
  const pathname = usePathname();
  const attention = useQuery({ ...seasonCoverageQuery(null), select: countAttention });
  const fillable = useQuery({ ...seasonCoverageQuery(null), select: countFillable });
  const active = useQuery({ ...activeRunsQuery(), select: countRuns });
  const dashboard = useQuery({ ...dashboardDueQuery(), select: isDue });
  const badges: Record<Href, PageBadge | null> = {
    "/": badge(attention.data, "dates need attention", "missing"),
    "/predictions": badge(fillable.data, "predictions can still be filled", "partial"),
    "/runs": badge(active.data, "active", "accent"),
    "/dbt": null,
    "/dashboard": dashboard.data ? { shown: "due", meaning: "for a restart", tone: "stale" } : null,
    "/health": null,
    "/access": null,
    "/audit": null,
  };
  const { permissions } = useViewer();
  const pages = PAGES.filter((page) => !("permission" in page) || permissions.includes(page.permission));
  return (
    <ul>
      {pages.map(({ href, label }) => (
        <li key={href}>
          <Link
            href={href}
            className={classes.link}
            aria-current={isCurrent(href, pathname) ? "page" : undefined}
            onClick={onFollow}
          >
            <span>{label}</span>
            <Badge badge={badges[href]} />
          </Link>
        </li>
      ))}
    </ul>
  );
}

type PageBadge = { shown: number | "due"; meaning: string; tone: string };

function badge(count: number | undefined, meaning: string, tone: string): PageBadge | null {
  return count ? { shown: count, meaning, tone } : null;
}

function Badge({ badge }: { badge: PageBadge | null }) {
  if (!badge) return null;
  return (
    <span className={classes.badge} data-tone={badge.tone}>
      {badge.shown}
      <span className={classes.hidden}> {badge.meaning}</span>
    </span>
  );
}

function isCurrent(href: Href, pathname: string): boolean {
  return href === "/" ? pathname === "/" : pathname === href || pathname.startsWith(`${href}/`);
}
