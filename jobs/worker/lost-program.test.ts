import { describe, expect, it } from "vitest";
import type { RunRecord } from "@/lib/executors/supervisor/run-record";
import { readLostProgram } from "./lost-program";

const RECORD: RunRecord = {
  runId: "r",
  worker: { pid: 1, startTime: "1" },
  supervisor: { pid: 2, startTime: "2" },
  program: { pid: 3, startTime: "3" },
  orderedAt: "2026-11-23T04:00:00.000Z",
  notStarted: null,
  ended: null,
  lost: null,
  signals: [],
  allGoneAt: null,
};
const LOST = { why: "gone", at: "2026-11-23T04:01:00.000Z" } as const;
const BEFORE = "2026-11-23T04:00:59.000Z";
const AFTER = "2026-11-23T04:01:02.000Z";

describe("readLostProgram", () => {
  it.each<[string, RunRecord | null, ReturnType<typeof readLostProgram>]>([
    [
      "no record",
      null,
      {
        end: { kind: "lost", reason: "nothing tells how far it came" },
        endedBefore: false,
        cutOffAt: null,
        text: "How the program ended is not known: nothing tells how far it came.",
      },
    ],
    [
      "a supervisor that was lost too",
      RECORD,
      {
        end: { kind: "lost", reason: "its supervisor was lost too" },
        endedBefore: false,
        cutOffAt: null,
        text: "How the program ended is not known: its supervisor was lost too.",
      },
    ],
    [
      "exit 0 and then the loss",
      { ...RECORD, ended: { exitCode: 0, signal: null, at: BEFORE } },
      {
        end: { kind: "exited", exitCode: 0 },
        endedBefore: true,
        cutOffAt: null,
        text: "The program had ended with exit 0 before its worker was lost.",
      },
    ],
    [
      "exit 1, something left behind, and then the loss",
      {
        ...RECORD,
        ended: { exitCode: 1, signal: null, at: BEFORE },
        lost: LOST,
        signals: ["SIGINT"],
        allGoneAt: AFTER,
      },
      {
        end: { kind: "exited", exitCode: 1 },
        endedBefore: true,
        cutOffAt: null,
        text: "The program had ended with exit 1 before its worker was lost.",
      },
    ],
    [
      "ended by its supervisor",
      {
        ...RECORD,
        ended: { exitCode: null, signal: "SIGKILL", at: AFTER },
        lost: LOST,
        signals: ["SIGINT", "SIGTERM", "SIGKILL"],
        allGoneAt: AFTER,
      },
      {
        end: { kind: "signalled", signal: "SIGKILL" },
        endedBefore: false,
        cutOffAt: new Date(LOST.at),
        text: "Its supervisor ended the program with SIGINT, SIGTERM and SIGKILL.",
      },
    ],
    [
      "a program that could not be started",
      { ...RECORD, program: null, notStarted: "spawn nothing ENOENT" },
      {
        end: { kind: "not-started", reason: "spawn nothing ENOENT" },
        endedBefore: true,
        cutOffAt: null,
        text: "The program had not been started: spawn nothing ENOENT.",
      },
    ],
  ])("%s", (_name, record, known) => {
    expect(readLostProgram(record)).toEqual(known);
  });
});
