"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { activeRunsQuery } from "@/components/freshness/active-runs";
import { needsAttention } from "@/components/freshness/order-attention";
import type { SeasonCoverage } from "@/lib/contracts/coverage";
import type { ListRunsResponse } from "@/lib/contracts/runs";
import { seasonCoverageQuery } from "@/lib/queries/coverage-queries";
import classes from "./app-shell.module.css";

const PAGES = [
  { href: "/", label: "Freshness" },
  { href: "/runs", label: "Runs" },
  { href: "/health", label: "Health" },
] as const;
type Href = (typeof PAGES)[number]["href"];

const countAttention = (coverage: SeasonCoverage) => coverage.dates.filter(needsAttention).length;
const countRuns = (answer: ListRunsResponse) => answer.runs.length;

/** The pages there are, with what waits on each. */
export function NavList({ onFollow }: { onFollow: () => void }) {
  const pathname = usePathname();
  const attention = useQuery({ ...seasonCoverageQuery(null), select: countAttention });
  const active = useQuery({ ...activeRunsQuery(), select: countRuns });
  const badges: Record<Href, { count: number; meaning: string; tone: string } | null> = {
    "/": badge(attention.data, "dates need attention", "missing"),
    "/runs": badge(active.data, "active", "accent"),
    "/health": null,
  };
  return (
    <ul>
      {PAGES.map(({ href, label }) => (
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

function badge(count: number | undefined, meaning: string, tone: string) {
  return count ? { count, meaning, tone } : null;
}

function Badge({ badge }: { badge: { count: number; meaning: string; tone: string } | null }) {
  if (!badge) return null;
  return (
    <span className={classes.badge} data-tone={badge.tone}>
      {badge.count}
      <span className={classes.hidden}> {badge.meaning}</span>
    </span>
  );
}

function isCurrent(href: Href, pathname: string): boolean {
  return href === "/" ? pathname === "/" : pathname === href || pathname.startsWith(`${href}/`);
}
