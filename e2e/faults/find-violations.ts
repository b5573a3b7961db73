import type { RunState } from "@/lib/contracts/runs";
import { isFinal } from "@/lib/runs/run-states";
import type { ReadLine } from "./log-reader";
import type { JournalEntry } from "./stub-program";

export type RunFacts = {
  id: string;
  kind: string;
  title: string;
  state: RunState;
  outcome: string | null;
  attempt: number;
  finished: boolean;
  claimed: boolean;
  truncated: boolean;
  logLines: number;
};

/** All that a test leaves behind, read when everything has been let go. */
export type Facts = {
  /** Ids of runs that were answered with 202. */
  accepted: readonly string[];
  runs: readonly RunFacts[];
  /** Every change of a run's state, in order, as a trigger in the database saw it. */
  transitions: readonly { runId: string; became: RunState }[];
  /** Audit entries of accepted orders, by run. */
  audited: readonly string[];
  journal: readonly JournalEntry[];
  /** Living processes that carry a run's id. */
  alive: readonly { pid: number; runId: string }[];
  /** The stored lines of each run. */
  logs: ReadonlyMap<string, readonly ReadLine[]>;
  /** What attached readers got, up to the end of the log. */
  readers: readonly { runId: string; lines: readonly ReadLine[] }[];
};

const WORKER_LOST = /^its worker \S* was lost/;

export const PROMISES = [
  "lost",
  "unsettled",
  "ended twice",
  "not in the audit",
  "duplicate start",
  "overlap",
  "orphan",
  "log lines lost",
  "log lines repeated",
  "reader differs",
] as const;
export type Promised = (typeof PROMISES)[number];
export type Violation = { promise: Promised; runId: string; text: string };

/** Every promise that was broken, with the run and what was seen; empty when all were kept. */
export function findViolations(facts: Facts): Violation[] {
  const runs = new Map(facts.runs.map((run) => [run.id, run]));
  return [
    ...facts.accepted
      .filter((id) => !runs.has(id))
      .map((runId) => broken("lost", runId, "accepted, and in no row")),
    ...facts.runs.flatMap((run) => [
      ...findEndProblems(run, facts),
      ...findStartProblems(run, facts),
      ...findLogProblems(run, facts),
    ]),
    ...facts.journal
      .filter(({ what }) => what === "overlap")
      .map(({ runId, pid }) => broken("overlap", runId, `process ${pid} began beside another of its kind`)),
    ...facts.alive.map(({ pid, runId }) => broken("orphan", runId, `process ${pid} is alive`)),
    ...facts.readers.flatMap((reader) => findReaderProblems(reader, facts)),
  ];
}

function findEndProblems(run: RunFacts, { transitions, audited }: Facts): Violation[] {
  const ends = transitions.filter(({ runId, became }) => runId === run.id && isFinal(became));
  const entries = audited.filter((id) => id === run.id).length;
  return [
    ...(isFinal(run.state) && run.finished && !run.claimed && run.outcome
      ? []
      : [broken("unsettled", run.id, `${run.state}, outcome ${run.outcome}`)]),
    ...(ends.length > 1
      ? [broken("ended twice", run.id, ends.map(({ became }) => became).join(", then "))]
      : []),
    ...(entries === 0 ? [broken("not in the audit", run.id, "no accepted order")] : []),
  ];
}

/** A stronger rule than one start for each attempt: an accepted run is started by itself once, ever. */
function findStartProblems(run: RunFacts, { journal }: Facts): Violation[] {
  const starts = journal.filter(({ what, runId }) => what === "start" && runId === run.id).length;
  return starts > 1 ? [broken("duplicate start", run.id, `${starts} starts in ${run.attempt} attempts`)] : [];
}

function findLogProblems(run: RunFacts, { logs, journal }: Facts): Violation[] {
  const lines = logs.get(run.id) ?? [];
  const problems = gapsAndRepeats(run.id, lines, run.logLines);
  const numbered = lines.flatMap(({ text }) => {
    const number = /^line (\d+)$/.exec(text)?.[1];
    return number === undefined ? [] : [Number(number)];
  });
  const wrong = numbered.findIndex((number, index) => number !== index + 1);
  if (wrong >= 0)
    problems.push(
      broken("log lines lost", run.id, `line ${wrong + 1} of the program is line ${numbered[wrong]}`),
    );
  const end = journal.find(({ what, runId }) => what === "end" && runId === run.id);
  // What a worker had not yet stored goes down with it, and the log says so; all else must be there.
  const mayLack = run.truncated || lines.some(({ text }) => WORKER_LOST.test(text));
  if (end && !mayLack && numbered.length !== end.lines)
    problems.push(broken("log lines lost", run.id, `${numbered.length} of the program's ${end.lines} lines`));
  return problems;
}

function findReaderProblems(reader: Facts["readers"][number], { logs }: Facts): Violation[] {
  const stored = logs.get(reader.runId) ?? [];
  const problems = gapsAndRepeats(reader.runId, reader.lines, stored.length);
  const differs = reader.lines.find(({ seq, text }) => stored[seq - 1]?.text !== text);
  if (differs) problems.push(broken("reader differs", reader.runId, `line ${differs.seq}: ${differs.text}`));
  return problems;
}

/** Lines must be 1 to `count`, each once, in order. */
function gapsAndRepeats(runId: string, lines: readonly ReadLine[], count: number): Violation[] {
  const seqs = lines.map(({ seq }) => seq);
  const distinct = new Set(seqs);
  const repeated = seqs.length - distinct.size;
  const lost = Array.from({ length: count }, (_, index) => index + 1).filter((seq) => !distinct.has(seq));
  const unordered = seqs.some((seq, index) => index > 0 && seq < (seqs[index - 1] ?? 0));
  return [
    ...(lost.length > 0
      ? [broken("log lines lost", runId, `${lost.length} of ${count}, first ${lost[0]}`)]
      : []),
    ...(repeated > 0 || seqs.length > count || unordered
      ? [broken("log lines repeated", runId, `${seqs.length} lines where ${count} are stored`)]
      : []),
  ];
}

function broken(promise: Promised, runId: string, text: string): Violation {
  return { promise, runId, text };
}
