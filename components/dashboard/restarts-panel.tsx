"use client";

import Link from "next/link";
import { GlyphDrawing } from "@/components/freshness/state-glyph";
import type { RestartHistory } from "@/lib/contracts/dashboard";
import { DayMoment } from "./day-moment";
import { Panel } from "./panel";
import { restartOutcome } from "./restart-outcome";
import classes from "./restarts-panel.module.css";
import { secondsText } from "./verdict";

type Restart = RestartHistory["restarts"][number];

/** The latest restarts and refreshes: when, who and why, how they ended, how long nothing served. */
export function RestartsPanel({ history, error }: { history: RestartHistory | null; error: Error | null }) {
  return (
    <Panel title="Restarts" end={<Link href="/runs?kind=dashboard-restart">All of them</Link>}>
      {!history && (
        <p className={classes.none} role={error ? "alert" : undefined}>
          {error ? `The restarts could not be read: ${error.message}` : "Reading the restarts…"}
        </p>
      )}
      {history?.restarts.length === 0 && (
        <p className={classes.none}>
          No restart yet. Each one appears here when it has ended, with how long nothing served and what it
          shows since.
        </p>
      )}
      {history && history.restarts.length > 0 && (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">When</th>
              <th scope="col">Who</th>
              <th scope="col">Outcome</th>
              <th scope="col" className={classes.end}>
                Without a page
              </th>
            </tr>
          </thead>
          <tbody>
            {history.restarts.map((restart) => (
              <Row key={restart.runId} restart={restart} />
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

function Row({ restart }: { restart: Restart }) {
  const { runId, requestedBy, reason, outcome, unservedSeconds } = restart;
  const { label, glyph, tone } = restartOutcome(restart);
  return (
    <tr className={classes.row}>
      <th scope="row">
        <Link href={`/runs/${runId}`} className={classes.link}>
          <When restart={restart} />
        </Link>
      </th>
      <td className={classes.who}>
        {requestedBy}
        {reason && <span className={classes.reason}>{reason}</span>}
      </td>
      <td>
        <span className={classes.outcome} data-tone={tone} title={outcome ?? undefined}>
          <GlyphDrawing glyph={glyph} size={11} />
          {label}
        </span>
      </td>
      <td className={classes.end}>
        {unservedSeconds === null ? (
          <span className={classes.quiet}>none</span>
        ) : (
          secondsText(unservedSeconds)
        )}
      </td>
    </tr>
  );
}

function When({ restart: { startedAt, finishedAt } }: { restart: Restart }) {
  const at = startedAt ?? finishedAt;
  return at === null ? "never started" : <DayMoment at={at} />;
}
