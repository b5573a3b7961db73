"use client";

import { Tooltip } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./explained.module.css";

/** A number that says in one sentence what it counts: to the mouse, to the focus, and to a touch. */
export function Explained({ by, children }: { by: string; children: ReactNode }) {
  return (
    <Tooltip
      label={by}
      multiline
      w={264}
      openDelay={120}
      events={{ hover: true, focus: true, touch: true }}
      classNames={{ tooltip: classes.tip }}
    >
      <button type="button" className={classes.number}>
        {children}
      </button>
    </Tooltip>
  );
}
