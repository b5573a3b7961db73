"use client";

import type { DashboardState, RestartDue } from "@/lib/contracts/dashboard";
import { DayMoment } from "./day-moment";
import { dueReason, isUnserved } from "./verdict";

/** Why a restart is due, or is not; where nothing serves, what stands in the way of one. */
export function DueSentence({ due, state }: { due: RestartDue; state: DashboardState | null }) {
  if (state && isUnserved(state)) return state.refusal?.message ?? due.text;
  const reason = due.state === "due" ? dueReason(due, state?.served ?? null) : null;
  if (!reason) return due.text;
  const { what, since, newest } = reason;
  return (
    <>
      {what} {since}; newest: <b>{newest.name}</b>, <DayMoment at={newest.builtAt} />.
    </>
  );
}
