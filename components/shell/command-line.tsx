"use client";

import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useState } from "react";
import classes from "./command-line.module.css";
import { CommandWords } from "./command-words";

const TOLD_MS = 2000;

/** A command as it is typed or executed, to read whole and to copy. */
export function CommandLine({ command, label }: { command: string; label: string }) {
  const [told, setTold] = useState<"copied" | "select it by hand" | null>(null);
  async function copy() {
    // Refused where the page has no focus or no permission: the text can still be selected.
    const done = await navigator.clipboard.writeText(command).then(
      () => true,
      () => false,
    );
    setTold(done ? "copied" : "select it by hand");
    setTimeout(() => setTold(null), TOLD_MS);
  }
  return (
    <div className={classes.command}>
      <code className={classes.text}>
        <CommandWords command={command} />
      </code>
      <button type="button" className={classes.copy} aria-label={`Copy ${label}`} onClick={copy}>
        {told === "copied" ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
        <span className={classes.told} role="status">
          {told}
        </span>
      </button>
    </div>
  );
}
