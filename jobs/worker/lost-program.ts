import type { ProcessEnd } from "@/lib/executors/executor-types";
import type { RunRecord } from "@/lib/executors/supervisor/run-record";

/** What is known of a program whose worker was lost. */
export type LostProgram = {
  end: ProcessEnd;
  /** It had ended by itself before that: its effect can be judged as ever. */
  endedBefore: boolean;
  /** From when on its supervisor was ending it; null when it did not, or nobody knows. */
  cutOffAt: Date | null;
  /** A sentence for the run's outcome. */
  text: string;
};

/**
 * What became of a program, by its supervisor's record; null where there is none to be read, or it lies on
 * another machine.
 */
export function readLostProgram(record: RunRecord | null): LostProgram {
  if (record === null) return unknownEnd("nothing tells how far it came");
  const { notStarted, ended, lost, signals } = record;
  if (notStarted !== null)
    return {
      end: { kind: "not-started", reason: notStarted },
      endedBefore: true,
      cutOffAt: null,
      text: `The program had not been started: ${notStarted}.`,
    };
  if (ended === null) return unknownEnd("its supervisor was lost too");
  const end: ProcessEnd = ended.signal
    ? { kind: "signalled", signal: ended.signal }
    : { kind: "exited", exitCode: ended.exitCode ?? -1 };
  const how = ended.signal ? `been killed by ${ended.signal}` : `ended with exit ${ended.exitCode}`;
  if (lost === null || ended.at <= lost.at)
    return {
      end,
      endedBefore: true,
      cutOffAt: null,
      text: `The program had ${how} before its worker was lost.`,
    };
  return {
    end,
    endedBefore: false,
    cutOffAt: new Date(lost.at),
    text:
      signals.length > 0
        ? `Its supervisor ended the program with ${listed(signals)}.`
        : `The program had ${how}.`,
  };
}

function unknownEnd(reason: string): LostProgram {
  return {
    end: { kind: "lost", reason },
    endedBefore: false,
    cutOffAt: null,
    text: `How the program ended is not known: ${reason}.`,
  };
}

function listed(signals: readonly string[]): string {
  return [signals.slice(0, -1).join(", "), signals.at(-1)].filter(Boolean).join(" and ");
}
