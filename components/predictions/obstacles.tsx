import { IconAlertTriangle } from "@tabler/icons-react";
import Link from "next/link";
import { dbtHref } from "@/components/dbt/dbt-address";
import { CommandLine } from "@/components/shell/command-line";
import type { MlObstacle } from "@/lib/contracts/run-kinds/ml";
import classes from "./obstacles.module.css";

/** What stands in the way, worst first, each with the step that removes it. */
export function Obstacles({ obstacles }: { obstacles: MlObstacle[] }) {
  return (
    <ul className={classes.obstacles} aria-label="What stands in the way">
      {obstacles.map(({ code, text, step }) => (
        <li key={code} className={classes.obstacle}>
          <p className={classes.what}>
            <IconAlertTriangle size={14} aria-hidden className={classes.icon} />
            <span>{text}</span>
          </p>
          <p className={classes.step}>
            {step.text}{" "}
            {step.do === "dbt" && (
              <Link href={dbtHref({ select: ["ml_game_features"], fullRefresh: false })}>
                Build ml_game_features…
              </Link>
            )}
          </p>
          {step.command && (
            <div className={classes.command}>
              <CommandLine command={step.command} label="the step's command" />
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}
