import { describe, expect, it } from "vitest";
import { ACTION_PERMISSION, OPEN_ACTIONS, READ_ACTION } from "@/lib/auth/permissions";
import { ACCEPTED, AUDIT_ACTION_WORDS, type AuditEntry } from "@/lib/contracts/audit";
import { ERROR_CODES } from "@/lib/contracts/error-response";
import { actionWords, paramsText, resultLook, whyOf } from "./audit-words";

const ENTRY = { result: ACCEPTED, message: null, reason: null } as AuditEntry;

describe("the audit's words", () => {
  it("are there for every action that can be audited, and for no other", () => {
    const actions = [...Object.keys(ACTION_PERMISSION), ...OPEN_ACTIONS, ...Object.values(READ_ACTION)];
    expect(Object.keys(AUDIT_ACTION_WORDS).sort()).toEqual([...new Set(actions)].sort());
    expect(actionWords("run.create")).toBe("Order a run");
    expect(actionWords("something.new")).toBe("something.new");
  });

  it("tell an act from a refusal, whatever its code", () => {
    expect(resultLook(ACCEPTED)).toEqual({ label: "accepted", tone: "whole" });
    for (const code of ERROR_CODES) expect(resultLook(code).tone).toBe("missing");
    expect(resultLook("warehouse-unavailable").label).toBe("refused");
  });

  it.each<[Partial<AuditEntry>, string | null]>([
    [{}, null],
    [{ reason: "late game" }, "“late game”"],
    [{ message: "the run that was already on its way" }, "the run that was already on its way"],
    [{ result: "forbidden", message: "This needs an operator.", reason: "x" }, "This needs an operator."],
  ])("say why: %j", (entry, why) => {
    expect(whyOf({ ...ENTRY, ...entry })).toBe(why);
  });

  it("show parameters only where there are some", () => {
    expect(paramsText({})).toBeNull();
    expect(paramsText({ runDate: "2026-11-19" })).toBe('{\n  "runDate": "2026-11-19"\n}');
  });
});
