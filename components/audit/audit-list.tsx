"use client";

import { IconChevronRight } from "@tabler/icons-react";
import type { KeyboardEvent } from "react";
import badge from "@/components/shell/badge.module.css";
import { RelativeTime } from "@/components/shell/relative-time";
import type { AuditEntry } from "@/lib/contracts/audit";
import { AuditDetails } from "./audit-details";
import type { AuditAddress } from "./audit-filter";
import classes from "./audit-list.module.css";
import { actionWords, resultLook, whyOf } from "./audit-words";

/** Entries as rows, or as cards where the screen is narrow; each opens in place, arrow keys go between them. */
export function AuditList({
  entries,
  address,
  refreshing,
}: {
  entries: AuditEntry[];
  address: AuditAddress;
  refreshing: boolean;
}) {
  return (
    <div className={classes.panel} aria-busy={refreshing}>
      <div className={classes.head} aria-hidden>
        <span />
        <span>When</span>
        <span>Who</span>
        <span>What</span>
        <span>Result</span>
        <span>Why</span>
      </div>
      <ul onKeyDown={moveFocus} data-refreshing={refreshing || undefined} className={classes.list}>
        {entries.map((entry) => (
          <AuditRow
            key={entry.id}
            entry={entry}
            open={address.entry === entry.id}
            onOpen={(open) => address.open(open ? entry.id : null)}
            onFilter={address.change}
          />
        ))}
      </ul>
    </div>
  );
}

function AuditRow({
  entry,
  open,
  onOpen,
  onFilter,
}: {
  entry: AuditEntry;
  open: boolean;
  onOpen: (open: boolean) => void;
  onFilter: AuditAddress["change"];
}) {
  const { label, tone } = resultLook(entry.result);
  const details = `audit-${entry.id}`;
  return (
    <li className={classes.entry} data-open={open || undefined}>
      <button
        type="button"
        className={classes.row}
        aria-expanded={open}
        aria-controls={open ? details : undefined}
        data-row
        onClick={() => onOpen(!open)}
      >
        <IconChevronRight size={14} aria-hidden className={classes.chevron} />
        <span className={classes.when}>
          <RelativeTime at={entry.at} />
        </span>
        <span className={classes.who}>{entry.actor}</span>
        <span className={classes.did}>
          <span className={classes.action}>{actionWords(entry.action)}</span>
          {entry.target && <span className={classes.target}>{entry.target}</span>}
        </span>
        <span className={classes.result}>
          <span className={badge.badge} data-tone={tone}>
            {label}
          </span>
        </span>
        <span className={classes.why}>{whyOf(entry)}</span>
      </button>
      {open && <AuditDetails id={details} entry={entry} onFilter={onFilter} />}
    </li>
  );
}

function moveFocus(event: KeyboardEvent<HTMLUListElement>) {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const rows: Element[] = [...event.currentTarget.querySelectorAll("[data-row]")];
  const at = document.activeElement === null ? -1 : rows.indexOf(document.activeElement);
  if (at === -1) return;
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  const row = rows[Math.max(0, Math.min(rows.length - 1, to))];
  if (row instanceof HTMLElement) row.focus();
}
