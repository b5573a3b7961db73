import type { MlObstacle, MlParams, MlReason, MlReceipt } from "@/lib/contracts/run-kinds/ml";
import type { ProcessEnd } from "@/lib/executors/executor-types";
import { type GameDate, longLabel } from "@/lib/game-date";
import { findMlObstacles } from "@/lib/predictions/ml-obstacles";
import type { MlMeasurement } from "@/lib/warehouse/measure-ml";
import { mlReasonOfLine } from "./explain-ml";
import type { Evidence, StopReason, Verdict } from "./run-handler";

export type MlEvidence = Evidence<MlParams, MlMeasurement> & { timeoutMinutes: number };

/**
 * What a run of the ML program came to: by the date's predictions before and after, not by its exit code, which is 0
 * for most of its ways to predict nothing. Its rows do not tell when they were written again, so a run that changes
 * no probability is taken at its log's word.
 */
export function judgeMl(evidence: MlEvidence): Verdict {
  return { ...verdictOf(evidence), changedDates: [evidence.params.gameDate] };
}

function verdictOf(evidence: MlEvidence): Omit<Verdict, "changedDates"> {
  const { after, end, stopped } = evidence;
  const receipt = receiptOf(evidence);
  if (stopped !== null) return { ...stoppedVerdict(stopped, receipt, evidence.timeoutMinutes), receipt };
  if (end.kind === "not-started") {
    return { state: "failed", outcome: `The program could not be started: ${end.reason}`, receipt };
  }
  if ("unmeasured" in after) {
    const outcome = `${endText(end)}, but the warehouse could not be measured afterwards: ${after.unmeasured}`;
    return { state: "interrupted", outcome, receipt };
  }
  return { ...effectVerdict(receipt, end), receipt };
}

function effectVerdict(receipt: MlReceipt, end: ProcessEnd): Pick<Verdict, "state" | "outcome"> {
  const clean = end.kind === "exited" && end.exitCode === 0;
  const note = clean ? "" : ` (${endText(end)})`;
  const why = receipt.reason ? `: ${lowerFirst(receipt.reason.text)}` : "";
  const missing = receipt.stillMissing.length;
  if (receipt.newGames > 0) {
    const state = missing === 0 ? "succeeded" : "partly";
    const rest = missing === 0 ? "" : `; ${receipt.stillMissing.join(", ")} still without`;
    return { state, outcome: `${gainText(receipt)}${rest}${note}` };
  }
  if (missing > 0) {
    const lack = `${missing} of ${receipt.expected} games still without a prediction`;
    if (receipt.changed > 0) return { state: "partly", outcome: `${changeText(receipt)}; ${lack}${note}` };
    if (!clean) return { state: "failed", outcome: `${endText(end)}; nothing was predicted, ${lack}${why}` };
    return {
      state: "no_effect",
      outcome: `Exit 0, but nothing was predicted: ${lack}${reasonText(receipt)}`,
    };
  }
  if (!clean) return { state: "failed", outcome: `${endText(end)}; no game had lacked a prediction${why}` };
  if (receipt.reason !== null && receipt.changed === 0) {
    return { state: "no_effect", outcome: `Exit 0, but nothing was predicted${why}` };
  }
  return { state: "succeeded", outcome: nothingMissingText(receipt) };
}

function stoppedVerdict(
  stopped: StopReason,
  receipt: MlReceipt,
  timeoutMinutes: number,
): Pick<Verdict, "state" | "outcome"> {
  const effect = stoppedEffect(receipt);
  switch (stopped) {
    case "cancelled":
      return { state: "cancelled", outcome: `Cancelled while it ran; ${effect}` };
    case "timed-out":
      return {
        state: "timed_out",
        outcome: `Ended after ${timeoutMinutes} minutes without finishing; ${effect}`,
      };
    case "shutdown":
      return { state: "interrupted", outcome: `The worker was shut down while this ran; ${effect}` };
    case "lost-claim":
      return { state: "interrupted", outcome: `The worker lost its claim while this ran; ${effect}` };
    case "worker-lost":
      return { state: "interrupted", outcome: `The worker was lost while this ran; ${effect}` };
  }
}

function stoppedEffect(receipt: MlReceipt): string {
  if (receipt.after === null) return `its effect could not be measured: ${receipt.unmeasured}`;
  if (receipt.newGames > 0) return `written before that: ${gainText(receipt)}`;
  return receipt.changed > 0 ? `written before that: ${changeText(receipt)}` : "nothing was written";
}

function receiptOf({ params, before, after, explainedBy }: MlEvidence): MlReceipt {
  const unmeasured = "unmeasured" in after ? after.unmeasured : null;
  const later = "unmeasured" in after ? before : after;
  const games = gamesOf(params.gameDate, before, later);
  const stillMissing = games.filter(({ change }) => change === "missing" || change === "gone");
  const newGames = games.filter(({ change }) => change === "new").length;
  const changed = games.filter(({ change }) => change === "changed").length;
  // Where there was nothing to predict, nothing has to be explained.
  const reason =
    unmeasured === null && games.length > 0
      ? reasonOf(params.gameDate, later, explainedBy, stillMissing.length)
      : null;
  const isExplained =
    reason !== null && explainedBy !== null && reason.code === mlReasonOfLine(explainedBy.text);
  return {
    kind: "ml",
    date: params.gameDate,
    before: { measuredAt: before.measuredAt, predicted: count(games, "before") },
    after: unmeasured === null ? { measuredAt: later.measuredAt, predicted: count(games, "after") } : null,
    unmeasured,
    expected: games.length,
    games: games.map(({ game, inFeatures, before: earlier, after: now, change }) => ({
      game,
      inFeatures,
      before: earlier?.homeWin ?? null,
      after: now?.homeWin ?? null,
      change,
    })),
    newGames,
    changed,
    stillMissing: stillMissing.map(({ game }) => game),
    reason,
    explainedBy: isExplained || stillMissing.length > 0 ? explainedBy : null,
  };
}

type Prediction = MlMeasurement["predictions"][number];
type Game = {
  game: string;
  inFeatures: boolean;
  before: Prediction | null;
  after: Prediction | null;
  change: MlReceipt["games"][number]["change"];
};

/** The games that ought to have a prediction, and those that have one. */
function gamesOf(date: GameDate, before: MlMeasurement, after: MlMeasurement): Game[] {
  const inFeatures = new Set(
    (after.features ?? []).filter((game) => game.date === date).map(({ game }) => game),
  );
  const earlier = new Map(before.predictions.map((prediction) => [prediction.game, prediction]));
  const later = new Map(after.predictions.map((prediction) => [prediction.game, prediction]));
  const all = new Set([...after.expected, ...inFeatures, ...earlier.keys(), ...later.keys()]);
  return [...all].sort().map((game) => {
    const [was, is] = [earlier.get(game) ?? null, later.get(game) ?? null];
    return { game, inFeatures: inFeatures.has(game), before: was, after: is, change: changeOf(was, is) };
  });
}

function changeOf(before: Prediction | null, after: Prediction | null): Game["change"] {
  if (!after) return before ? "gone" : "missing";
  if (!before) return "new";
  return before.homeWin === after.homeWin ? "same" : "changed";
}

/** What the log says, in the words of what was measured where that says the same; else what was measured. */
function reasonOf(
  date: GameDate,
  later: MlMeasurement,
  explainedBy: { text: string } | null,
  missing: number,
): MlObstacle | null {
  const obstacles = findMlObstacles(date, new Date(later.measuredAt), later);
  const said = explainedBy && mlReasonOfLine(explainedBy.text);
  if (!said) return missing > 0 ? (obstacles[0] ?? null) : null;
  const measured = obstacles.find(({ code }) => code === said || isSameCause(code, said));
  if (measured) return measured;
  // The program's own errors do not always keep it from predicting.
  if (missing === 0 && said === "error") return null;
  return saidByLog(said, explainedBy.text);
}

/** The log cannot tell why the dates differ; the clock can. */
function isSameCause(measured: MlReason, said: MlReason): boolean {
  return measured === "too-early" && (said === "date-mismatch" || said === "features-empty");
}

function saidByLog(code: MlReason, line: string): MlObstacle {
  const text = line.replace(/^\[[A-Z]+\]\s+[-\d]+[T ][\d:,.]+\s+/, "");
  return {
    code,
    text: `The program says: ${text}`,
    step: { do: "look", text: "Its log has the details.", command: null },
  };
}

function count(games: readonly Game[], when: "before" | "after"): number {
  return games.filter((game) => game[when] !== null).length;
}

function gainText({ before, after, expected, changed }: MlReceipt): string {
  const again = changed > 0 ? `, ${changed} changed` : "";
  return `predictions ${before.predicted} → ${after?.predicted} of ${expected}${again}`;
}

function changeText({ changed }: MlReceipt): string {
  return `${changed} ${changed === 1 ? "probability" : "probabilities"} changed`;
}

function nothingMissingText(receipt: MlReceipt): string {
  if (receipt.expected === 0) return `No game was expected on ${longLabel(receipt.date)}; nothing to predict`;
  if (receipt.changed === 0) return "Nothing was missing, no probability changed";
  return `Nothing was missing; ${changeText(receipt)}`;
}

function reasonText({ reason }: MlReceipt): string {
  return reason ? `. ${reason.text}` : ", and its log does not say why";
}

function endText(end: ProcessEnd): string {
  switch (end.kind) {
    case "exited":
      return `The program ended with exit ${end.exitCode}`;
    case "signalled":
      return `The program was killed by ${end.signal}`;
    case "not-started":
      return `The program could not be started: ${end.reason}`;
    case "lost":
      return `How the program ended is not known: ${end.reason}`;
  }
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
