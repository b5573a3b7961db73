"use client";

import { Button } from "@mantine/core";
import { IconArrowDown } from "@tabler/icons-react";
import { type Ref, useState } from "react";
import type { RunDetail } from "@/lib/contracts/runs";
import { LogCopy } from "./log-copy";
import { LogSearch } from "./log-search";
import classes from "./log-toolbar.module.css";
import { countText, errorsText } from "./log-words";
import type { useLogFinds } from "./use-log-finds";

type Props = {
  run: RunDetail;
  lines: number;
  /** More lines may come, */
  growing: boolean;
  /** and they come at once. */
  live: boolean;
  searchRef: Ref<HTMLInputElement>;
  finds: ReturnType<typeof useLogFinds>;
  onLeaveSearch: () => void;
  showTime: boolean;
  onShowTime: (show: boolean) => void;
  wrap: boolean;
  onWrap: (wrap: boolean) => void;
  following: boolean;
  onFollow: () => void;
};

/** What a reader does with a log: search it, go to its errors, show times, wrap, follow, copy. */
export function LogToolbar(props: Props) {
  const { run, finds } = props;
  // Once there it stays, out of use: the others would move as the log ends.
  const [grew, setGrew] = useState(props.growing);
  if (props.growing && !grew) setGrew(true);
  return (
    <div className={classes.bar}>
      <div className={classes.head}>
        <h2 className={classes.title}>
          Log{" "}
          <span className={classes.count}>
            {run.log.prunedAt === null ? countText(props.lines) : "removed"}
          </span>
          {props.live && (
            <span className={classes.live}>
              <span className={classes.dot} aria-hidden />
              live
            </span>
          )}
        </h2>
        {run.log.truncated && props.lines > 0 && (
          <span
            className={classes.cut}
            title="The program wrote more than is kept for one run. The end of this log says where it was cut."
          >
            cut short
          </span>
        )}
      </div>
      <div className={classes.tools}>
        <LogSearch ref={props.searchRef} finds={finds} onLeave={props.onLeaveSearch} />
        {finds.errors.total > 0 && (
          <Button
            variant="default"
            size="xs"
            className={classes.errors}
            aria-keyshortcuts="e"
            title={
              finds.errors.total === 1 ? "Go to the error (E)" : "Go to the first error, then to the next (E)"
            }
            rightSection={<IconArrowDown size={13} aria-hidden />}
            onClick={(event) => finds.stepError(event.shiftKey ? "previous" : "next")}
          >
            {errorsText(finds.errors, finds.errorPosition)}
          </Button>
        )}
      </div>
      <div className={classes.looks}>
        <Toggle
          pressed={props.showTime}
          title="Show when each line arrived, in local time"
          onClick={() => props.onShowTime(!props.showTime)}
        >
          Times
        </Toggle>
        <Toggle
          pressed={props.wrap}
          title="Wrap long lines; else they are scrolled sideways"
          onClick={() => props.onWrap(!props.wrap)}
        >
          Wrap
        </Toggle>
        {grew && (
          <Toggle
            wideOnly
            disabled={!props.growing}
            pressed={props.growing && props.following}
            title={
              props.growing
                ? "Keep the newest line in view; scrolling up lets go"
                : "The log is complete: nothing more comes"
            }
            onClick={props.onFollow}
          >
            Follow
          </Toggle>
        )}
        <LogCopy runId={run.id} />
      </div>
    </div>
  );
}

function Toggle(props: {
  pressed: boolean;
  wideOnly?: boolean;
  disabled?: boolean;
  title: string;
  onClick: () => void;
  children: string;
}) {
  return (
    <Button
      variant="default"
      size="xs"
      aria-pressed={props.pressed}
      className={classes.toggle}
      data-wide-only={props.wideOnly}
      disabled={props.disabled}
      title={props.title}
      onClick={props.onClick}
    >
      {props.children}
    </Button>
  );
}
