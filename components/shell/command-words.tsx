import { Fragment } from "react";
import classes from "./command-words.module.css";

/** A command whose lines break between its words, never at a hyphen: `--run_date` must not read as `-`. */
export function CommandWords({ command }: { command: string }) {
  return command.split(" ").map((word, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the words of one command have no other identity
    <Fragment key={index}>
      {index > 0 && " "}
      <span className={classes.word}>{word}</span>
    </Fragment>
  ));
}
