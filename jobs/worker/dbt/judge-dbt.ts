import type { Verdict } from "@/jobs/worker/run-handler";
import type { DbtReceipt } from "@/lib/contracts/run-kinds/dbt";
import type { GameDate } from "@/lib/game-date";
import type { DbtMeasurement } from "@/lib/warehouse/measure-dbt";
import { type DbtEvidence, dbtReceiptOf, gamesBehind, silverParts } from "./dbt-receipt";
import { builtText, endText, failureText, leftText, mendedText, nodesText, stoppedText } from "./dbt-words";
import { hintFor } from "./explain-dbt";

type Decision = Pick<Verdict, "state" | "outcome">;

/**
 * What a build came to: by the models that were built and what that did to silver and gold, not by the exit
 * code. A failed test ends dbt with exit 1 and is no failure of what was wanted; exit 0 that leaves silver
 * behind is none of its success.
 */
export function judgeDbt(evidence: DbtEvidence): Verdict<DbtReceipt> {
  const receipt = dbtReceiptOf(evidence);
  return { ...decide(evidence, receipt), receipt, changedDates: changedDates(evidence) };
}

function decide(evidence: DbtEvidence, receipt: DbtReceipt): Decision {
  const { end, stopped, details } = evidence;
  if (stopped !== null) return stoppedDecision(evidence, receipt);
  if (end.kind === "not-started") {
    const what = "Install dbt there (dbt-core below 2 with dbt-postgres), or set DBT_COMMAND to where it is.";
    return { state: "failed", outcome: `dbt could not be started: ${end.reason} ${what}` };
  }
  if (details.wanted.every(({ status }) => status === null)) return nothingRan(evidence);
  const { wanted, built } = receipt.models;
  if (built < wanted) return { state: "failed", outcome: failureText(evidence, receipt) };
  if (receipt.after === null)
    return {
      state: "interrupted",
      outcome: `${builtText(receipt)}, but the warehouse could not be measured afterwards: ${receipt.unmeasured}`,
    };
  return effectDecision(evidence, receipt);
}

/** Everything that was wanted is built: what did it do? */
function effectDecision(evidence: DbtEvidence, receipt: DbtReceipt): Decision {
  const built = builtText(receipt);
  const mended = mendedText(receipt);
  const { solved, eased, stuck } = datesByEffect(evidence);
  if (stuck.length + eased.length > 0) {
    const left = leftText(receipt, { stuck, eased });
    if (solved.length + eased.length === 0) return { state: "no_effect", outcome: `${built}, but ${left}` };
    return { state: "partly", outcome: `${mended ? `${mended}, ` : ""}${left}; ${built}` };
  }
  if (isGoldUntouched(evidence, receipt))
    return {
      state: "no_effect",
      outcome: `dbt says: ${built}; but none of the tables that it was to make in gold is newer than before.`,
    };
  const { end } = evidence;
  const isExplained = end.kind === "exited" && (end.exitCode === 0 || receipt.tests.failed > 0);
  return {
    state: "succeeded",
    outcome: `${built}${mended ? `; ${mended}` : ""}${isExplained ? "" : ` (${endText(end)})`}`,
  };
}

/** The dates that this build was to mend, by what became of the games that were behind. */
function datesByEffect({ before, after, details }: DbtEvidence) {
  const parts = silverParts(details.wanted);
  const later = new Map("unmeasured" in after ? [] : after.lags.map((lag) => [lag.date, lag]));
  const dates = before.lags
    .map((lag) => ({
      date: lag.date,
      was: gamesBehind(lag, parts),
      is: gamesBehind(later.get(lag.date), parts),
    }))
    .filter(({ was }) => was > 0);
  const datesWhere = (holds: (each: (typeof dates)[number]) => boolean): GameDate[] =>
    dates.filter(holds).map(({ date }) => date);
  return {
    solved: datesWhere(({ is }) => is === 0),
    eased: datesWhere(({ was, is }) => is > 0 && is < was),
    stuck: datesWhere(({ was, is }) => is >= was),
  };
}

/** Tables that are made anew bear the time of it; if not one does, nothing was made. */
function isGoldUntouched({ details }: DbtEvidence, { gold }: DbtReceipt): boolean {
  const madeAnew = new Set(
    details.wanted
      .filter(({ materialized }) => materialized === "table")
      .map(({ relation, name }) => `gold.${relation ?? name}`),
  );
  const stamped = gold.filter(
    ({ table, builtBefore, builtAfter }) =>
      madeAnew.has(table) && builtBefore !== null && builtAfter !== null,
  );
  return stamped.length > 0 && stamped.every(({ builtBefore, builtAfter }) => builtBefore === builtAfter);
}

function nothingRan({ end, details, explainedBy }: DbtEvidence): Decision {
  if (end.kind === "exited" && end.exitCode === 0)
    return {
      state: "no_effect",
      outcome: "dbt found nothing to build: the project has changed since this was ordered.",
    };
  const why = explainedBy ? `: ${explainedBy.text}` : ". Its log says why.";
  const hint = explainedBy ? hintFor(explainedBy.text) : null;
  const what = details.wanted.length > 0 ? ` None of ${nodesText(details.wanted.length)} was come to.` : "";
  return {
    state: "failed",
    outcome: `${endText(end)} before it built anything${why}${hint ? ` ${hint}` : ""}${what}`,
  };
}

function stoppedDecision(evidence: DbtEvidence, receipt: DbtReceipt): Decision {
  const sofar = stoppedText(receipt);
  switch (evidence.stopped) {
    case "cancelled":
      return { state: "cancelled", outcome: `Cancelled while it ran; ${sofar}` };
    case "timed-out":
      return {
        state: "timed_out",
        outcome: `Ended after ${evidence.timeoutMinutes} minutes without finishing; ${sofar}`,
      };
    case "lost-claim":
      return { state: "interrupted", outcome: `The worker lost its claim while this ran; ${sofar}` };
    case "worker-lost":
      return { state: "interrupted", outcome: `The worker was lost while this ran; ${sofar}` };
    default:
      return { state: "interrupted", outcome: `The worker was shut down while this ran; ${sofar}` };
  }
}

/** Dates that open calendars should read again. */
function changedDates({ before, after }: DbtEvidence): GameDate[] {
  if ("unmeasured" in after) return before.lags.map(({ date }) => date);
  const told = ({ states, lags }: DbtMeasurement) => {
    const texts = new Map(lags.map(({ date, text }) => [date, text]));
    return (date: GameDate) => `${states[date]} ${texts.get(date) ?? ""}`;
  };
  const [was, is] = [told(before), told(after)];
  const dates = new Set([...Object.keys(before.states), ...Object.keys(after.states)]);
  return [...dates].filter((date) => was(date) !== is(date)).sort();
}
