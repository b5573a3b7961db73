import type { BackfillParams, BackfillReceipt } from "@/lib/contracts/run-kinds/backfill";
import type { ProcessEnd } from "@/lib/executors/executor-types";
import type { BackfillMeasurement } from "@/lib/warehouse/measure-backfill";
import type { Evidence, StopReason, Verdict } from "./run-handler";

export type BackfillEvidence = Evidence<BackfillParams, BackfillMeasurement> & { timeoutMinutes: number };

/**
 * What a backfill came to: by the rows measured before and after, not by its exit code. Exit 0 that leaves
 * the holes is `no_effect`; exit 1 that fills them is `succeeded`.
 */
export function judgeBackfill(evidence: BackfillEvidence): Verdict<BackfillReceipt> {
  return { ...decide(evidence), changedDates: [evidence.params.runDate] };
}

function decide(evidence: BackfillEvidence): Omit<Verdict<BackfillReceipt>, "changedDates"> {
  const { before, after, end, stopped } = evidence;
  const receipt = receiptOf(evidence);
  if (stopped !== null) return { ...stoppedVerdict(stopped, receipt, evidence.timeoutMinutes), receipt };
  if (end.kind === "not-started") {
    return { state: "failed", outcome: `The program could not be started: ${end.reason}`, receipt };
  }
  if ("unmeasured" in after) {
    const outcome = `${endText(end)}, but the warehouse could not be measured afterwards: ${after.unmeasured}`;
    return { state: "interrupted", outcome, receipt };
  }
  return { ...effectVerdict(before, after, end, receipt), receipt };
}

function effectVerdict(
  before: BackfillMeasurement,
  after: BackfillMeasurement,
  end: ProcessEnd,
  receipt: BackfillReceipt,
): Pick<Verdict, "state" | "outcome"> {
  const clean = end.kind === "exited" && end.exitCode === 0;
  const note = clean ? "" : ` (${endText(end)})`;
  const hadHoles =
    expectedGames(before).some(lacksSomething) || receipt.expected > expectedGames(before).length;
  if (receipt.stillMissing.length === 0) {
    if (hadHoles) return { state: "succeeded", outcome: `${gainText(receipt)}${note}` };
    if (!clean) return { state: "failed", outcome: `${endText(end)}; nothing had been missing` };
    return { state: "succeeded", outcome: nothingMissingText(before, after, receipt) };
  }
  const gained = receipt.boxscores.after > receipt.boxscores.before || receipt.pbp.after > receipt.pbp.before;
  const missing = missingText(receipt);
  if (gained) return { state: "partly", outcome: `${gainText(receipt)}; ${missing}${note}` };
  if (!clean) return { state: "failed", outcome: `${endText(end)}; nothing arrived, ${missing}` };
  return { state: "no_effect", outcome: `Exit 0, but nothing arrived: ${missing}` };
}

function stoppedVerdict(
  stopped: StopReason,
  receipt: BackfillReceipt,
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

function stoppedEffect(receipt: BackfillReceipt): string {
  if (receipt.after === null) return `its effect could not be measured: ${receipt.unmeasured}`;
  const gained = receipt.boxscores.after > receipt.boxscores.before || receipt.pbp.after > receipt.pbp.before;
  return gained ? `written before that: ${gainText(receipt)}` : "nothing was written";
}

function receiptOf({ params, before, after, explainedBy }: BackfillEvidence): BackfillReceipt {
  const unmeasured = "unmeasured" in after ? after.unmeasured : null;
  const later = "unmeasured" in after ? before : after;
  const earlierGames = new Map(before.games.map((game) => [game.game, game]));
  const expected = expectedGames(later);
  const stillMissing = expected
    .filter(lacksSomething)
    .map((game) => ({ game: game.game, lacks: lacksOf(game) }));
  return {
    kind: "backfill",
    date: params.runDate,
    before: { measuredAt: before.measuredAt, state: before.state },
    after: unmeasured === null ? { measuredAt: later.measuredAt, state: later.state } : null,
    unmeasured,
    expected: expected.length,
    boxscores: sourceTotals(before, later, "boxscores"),
    pbp: sourceTotals(before, later, "pbp"),
    games: later.games.map((game) => ({
      game: game.game,
      standing: game.standing,
      before: snapshot(earlierGames.get(game.game)),
      after: snapshot(game),
    })),
    stillMissing,
    explainedBy: stillMissing.length > 0 ? explainedBy : null,
    next: unmeasured === null ? later.advice : null,
  };
}

type Game = BackfillMeasurement["games"][number];

function sourceTotals(before: BackfillMeasurement, after: BackfillMeasurement, source: "boxscores" | "pbp") {
  const present = (games: Game[]) => games.filter((game) => game[source].present).length;
  const rows = (games: Game[]) => games.reduce((sum, game) => sum + game[source].rows, 0);
  return {
    before: present(expectedGames(before)),
    after: present(expectedGames(after)),
    rowsBefore: rows(before.games),
    rowsAfter: rows(after.games),
  };
}

function snapshot(game: Game | undefined) {
  return {
    boxscoreRows: game?.boxscores.rows ?? 0,
    boxscores: game?.boxscores.present ?? false,
    pbpRows: game?.pbp.rows ?? 0,
    pbp: game?.pbp.present ?? false,
  };
}

function expectedGames(measurement: BackfillMeasurement): Game[] {
  return measurement.games.filter((game) => game.standing === "expected");
}

function lacksOf(game: Game): ("boxscores" | "pbp")[] {
  return (["boxscores", "pbp"] as const).filter((source) => !game[source].present);
}

function lacksSomething(game: Game): boolean {
  return lacksOf(game).length > 0;
}

function gainText({ boxscores, pbp, expected }: BackfillReceipt): string {
  const part = (label: string, { before, after }: { before: number; after: number }) =>
    after > before ? [`${label} ${before} → ${after} of ${expected}`] : [];
  const parts = [...part("box scores", boxscores), ...part("play-by-play", pbp)];
  return parts.join(", ") || "nothing new";
}

function missingText({ stillMissing, expected }: BackfillReceipt): string {
  const count = (source: "boxscores" | "pbp") =>
    stillMissing.filter(({ lacks }) => lacks.includes(source)).length;
  const part = (label: string, n: number) => (n > 0 ? [`${label} of ${n} of ${expected} games`] : []);
  return `${[...part("box scores", count("boxscores")), ...part("play-by-play", count("pbp"))].join(" and ")} still missing`;
}

function nothingMissingText(
  before: BackfillMeasurement,
  after: BackfillMeasurement,
  receipt: BackfillReceipt,
): string {
  if (receipt.expected === 0) return "No game was expected on this date; nothing to do";
  const newest = new Map(before.games.map((game) => [game.game, game]));
  const rewritten = after.games.reduce((sum, game) => {
    const earlier = newest.get(game.game);
    const changed = (["boxscores", "pbp"] as const).filter(
      (source) => game[source].newest !== earlier?.[source].newest,
    );
    return sum + changed.reduce((rows, source) => rows + game[source].rows, 0);
  }, 0);
  return rewritten > 0
    ? `Nothing was missing; ${rewritten} rows were written again`
    : "Nothing was missing, nothing changed";
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
