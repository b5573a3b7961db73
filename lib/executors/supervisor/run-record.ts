import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ProcessIdentity } from "../process-identity";

/** What a run's supervisor notes beside its program, for whoever settles the run when its worker is lost. */
export type RunRecord = {
  runId: string;
  worker: ProcessIdentity;
  supervisor: ProcessIdentity;
  /** Null until it has been started. */
  program: ProcessIdentity | null;
  orderedAt: string;
  notStarted: string | null;
  ended: { exitCode: number | null; signal: string | null; at: string } | null;
  /** The worker's end (`gone`), or a worker that says nothing any more (`silent`), before the program's tree was gone. */
  lost: { why: "gone" | "silent"; at: string } | null;
  /** What the supervisor sent to end the tree, in order. */
  signals: NodeJS.Signals[];
  allGoneAt: string | null;
};

/** A record's path in the run's own folder. */
export function recordFile(folder: string): string {
  return join(folder, "record.json");
}

/** Puts the record in place of the one before; a reader sees either, never a half. @throws the system's error */
export function writeRecord(folder: string, record: RunRecord): void {
  const file = recordFile(folder);
  writeFileSync(`${file}.new`, JSON.stringify(record), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
