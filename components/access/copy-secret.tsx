"use client";

import { Button } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useState } from "react";
import classes from "./copy-secret.module.css";

const TOLD_MS = 4000;

/** Something that is shown this once, to copy. */
export function CopySecret({ secret, label }: { secret: string; label: string }) {
  const [told, setTold] = useState<"copied" | "failed" | null>(null);
  async function copy() {
    // Refused where the page has no focus or no permission: the text can still be selected.
    const done = await navigator.clipboard.writeText(secret).then(
      () => true,
      () => false,
    );
    setTold(done ? "copied" : "failed");
    if (done) setTimeout(() => setTold(null), TOLD_MS);
  }
  return (
    <div className={classes.secret}>
      <input
        readOnly
        className={classes.text}
        aria-label={label}
        value={secret}
        spellCheck={false}
        onFocus={(event) => event.currentTarget.select()}
      />
      <Button
        autoFocus
        className={classes.copy}
        leftSection={
          told === "copied" ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />
        }
        onClick={copy}
      >
        {told === "copied" ? "Copied" : "Copy"}
      </Button>
      <p role="status" className={classes.told}>
        {told === "failed" && "The browser did not allow it: select the text and copy it by hand."}
      </p>
    </div>
  );
}
