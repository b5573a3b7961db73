import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { type ControlState, NO_FAULTS, parseControlState } from "./control-state";

/** The present faults, kept in a file where one is named, so that a restart does not mend the site. */
export interface ControlStore {
  get(): ControlState;
  set(state: ControlState): void;
}

/** Reads the file's state, or starts without faults. Throws where the file holds something else. */
export function openControlStore(file: string | undefined): ControlStore {
  let state = file === undefined ? NO_FAULTS : readControlFile(file);
  return {
    get: () => state,
    set(next) {
      state = next;
      if (file === undefined) return;
      // Renamed into place: a kill in mid-write leaves the old file whole.
      writeFileSync(`${file}.new`, JSON.stringify(next, null, 2));
      renameSync(`${file}.new`, file);
    },
  };
}

function readControlFile(file: string): ControlState {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return NO_FAULTS;
    throw error;
  }
  return parseControlState(text);
}
