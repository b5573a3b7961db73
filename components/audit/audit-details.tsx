"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { RunStateBadge } from "@/components/runs/run-state-badge";
import { CommandLine } from "@/components/shell/command-line";
import { EasternTime } from "@/components/shell/relative-time";
import type { AuditEntry } from "@/lib/contracts/audit";
import { quoteArgv } from "@/lib/runs/quote-argv";
import classes from "./audit-details.module.css";
import type { AuditAddress } from "./audit-filter";
import { paramsText } from "./audit-words";

/** All that an entry holds, and what became of its run. */
export function AuditDetails({
  id,
  entry,
  onFilter,
}: {
  id: string;
  entry: AuditEntry;
  onFilter: AuditAddress["change"];
}) {
  const { personId, runId } = entry;
  const params = paramsText(entry.params);
  return (
    <div id={id} className={classes.details}>
      <dl className={classes.facts}>
        <Fact name="When">
          <EasternTime at={entry.at} /> <span className={classes.exact}>{entry.at}</span>
        </Fact>
        <Fact name="Who">
          {entry.actor}
          {entry.tokenId && <span className={classes.exact}> by a token, {entry.tokenId}</span>}
          {personId !== null && (
            <button type="button" className={classes.more} onClick={() => onFilter({ person: personId })}>
              Everything of theirs
            </button>
          )}
        </Fact>
        <Fact name="From">
          {entry.address ?? "an address that is not known"}
          {entry.userAgent && <span className={classes.exact}> {entry.userAgent}</span>}
        </Fact>
        <Fact name="Action">
          <code>{entry.action}</code>
          {entry.target && ` · ${entry.target}`}
        </Fact>
        <Fact name="Result">
          <code>{entry.result}</code>
          {entry.message && ` · ${entry.message}`}
        </Fact>
        {entry.reason && <Fact name="Reason">“{entry.reason}”</Fact>}
        {runId !== null && (
          <Fact name="Run">
            <RunOf entry={entry} runId={runId} />
            <button type="button" className={classes.more} onClick={() => onFilter({ run: runId })}>
              Everything about this run
            </button>
          </Fact>
        )}
      </dl>
      {entry.argv.length > 0 && (
        <div className={classes.block}>
          <h3>Command</h3>
          <CommandLine command={quoteArgv(entry.argv)} label="the command" />
        </div>
      )}
      {params !== null && (
        <div className={classes.block}>
          <h3>Parameters</h3>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
          <pre className={classes.params} tabIndex={0}>
            {params}
          </pre>
        </div>
      )}
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function RunOf({ entry: { run }, runId }: { entry: AuditEntry; runId: string }) {
  if (run === null) return <span>not kept any more ({runId})</span>;
  return (
    <>
      <Link href={`/runs/${runId}`}>{run.title}</Link> <RunStateBadge state={run.state} />
      {run.outcome && ` ${run.outcome}`}
      {run.gameDate && (
        <>
          {" · "}
          <Link href={`/?date=${run.gameDate}`}>{run.gameDate}</Link>
        </>
      )}
    </>
  );
}
