"use client";

import { RelativeTime } from "@/components/shell/relative-time";
import type { DashboardState } from "@/lib/contracts/dashboard";
import { Panel } from "./panel";
import { rolloutLook, taskStanding, toneOf } from "./service-figures";
import classes from "./tasks-panel.module.css";

/** Each task of the service with its standing and its start, and each deployment where there is more than one. */
export function TasksPanel({ state: { tasks, deployments } }: { state: DashboardState }) {
  return (
    <Panel title="Tasks" end={tasks.length === 0 ? "none" : String(tasks.length)}>
      {tasks.length === 0 && <p className={classes.none}>No task of the service is there.</p>}
      {tasks.length > 0 && (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">Task</th>
              <th scope="col">Standing</th>
              <th scope="col">Definition</th>
              <th scope="col" className={classes.end}>
                Started
              </th>
            </tr>
          </thead>
          <tbody>
            {tasks.map((task) => (
              <tr key={task.arn}>
                <th scope="row" title={task.arn}>
                  <code>{task.shortId}</code>
                </th>
                <td className={classes.standing} data-tone={toneOf(task)}>
                  {taskStanding(task)}
                </td>
                <td className={classes.second}>{task.taskDefinition}</td>
                <td className={classes.end}>
                  {task.startedAt === null ? (
                    <span className={classes.second}>not yet</span>
                  ) : (
                    <RelativeTime at={task.startedAt} />
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {deployments.length > 1 && (
        <ul className={classes.deployments} aria-label="Deployments">
          {deployments.map((deployment) => (
            <li key={deployment.id}>
              Deployment of {deployment.taskDefinition}: {deployment.status.toLowerCase()},{" "}
              {rolloutLook(deployment, deployment.status === "PRIMARY").value}, {deployment.running} of{" "}
              {deployment.desired} running
              {deployment.rolloutReason && `: ${deployment.rolloutReason}`}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
