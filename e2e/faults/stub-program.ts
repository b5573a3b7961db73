import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { requireTestService } from "@/lib/testing/throwaway-database";

const SOURCE = fileURLToPath(new URL("program/stub.py", import.meta.url));

/** What the stub does for one date (or for "ml"), in this order. Without a plan: three lines, exit 0. */
export type StubPlan = {
  ignoreSignals?: boolean;
  /** Leaves a grandchild in a session of its own. */
  setsid?: boolean;
  /** Numbered lines at the start; 3 unless said otherwise. */
  lines?: number;
  everySeconds?: number;
  /** Raw bytes. */
  base64?: string;
  longLineBytes?: number;
  floodBytes?: number;
  /** Waits for `release`. */
  hold?: boolean;
  /** While it waits, a numbered line as often as this. */
  holdEverySeconds?: number;
  /** Numbered lines after the hold. */
  linesAfter?: number;
  sleepSeconds?: number;
  exit?: number;
  signal?: NodeJS.Signals;
};

export type JournalEntry = {
  what: "start" | "overlap" | "end";
  at: number;
  runId: string;
  pid: number;
  /** Of an end: `exit-0`, `SIGTERM`. */
  how: string;
  /** Numbered lines that it had written by then. */
  lines: number;
};

/** A program in the pipeline's place that notes its starts and ends, and behaves as told. */
export type StubProgram = ReturnType<typeof createStubProgram>;

export function createStubProgram() {
  // Under /tmp: a program's folder must outlive what a test does to its stores.
  const folder = mkdtempSync(join(tmpdir(), "backcourt-stub-"));
  const script = join(folder, "stub.py");
  const program = join(folder, "program");
  for (const name of ["plans", "release"]) mkdirSync(join(folder, name));
  copyFileSync(SOURCE, script);
  const install = () =>
    writeFileSync(
      program,
      `#!/bin/sh\nexec ${requireTestService("BACKCOURT_TEST_PYTHON")} -IS ${script} "$@"\n`,
      {
        mode: 0o755,
      },
    );
  install();
  return {
    folder,
    command: [program],
    install,
    /** As after a botched deployment: the command is not there. */
    uninstall: () => rmSync(program),
    /** A new plan also takes back an earlier release. */
    plan(name: string, plan: StubPlan) {
      rmSync(join(folder, "release", name), { force: true });
      writeFileSync(join(folder, "plans", `${name}.json`), JSON.stringify(plan));
    },
    /** Ends the hold of a date, or of "ml". */
    release(name: string) {
      writeFileSync(join(folder, "release", name), "");
    },
    journal: (): JournalEntry[] => readJournal(join(folder, "journal")),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function readJournal(file: string): JournalEntry[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => {
      const [what = "", at, runId = "", pid, how = "", lines] = line.split(" ");
      return {
        what: what as JournalEntry["what"],
        at: Number(at),
        runId,
        pid: Number(pid),
        how,
        lines: Number(lines),
      };
    });
}
