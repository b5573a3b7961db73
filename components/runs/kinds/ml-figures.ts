import type { MlReceipt } from "@/lib/contracts/run-kinds/ml";
import type { Figure } from "../receipt-figure";

/** `+2 games`, `predictions 7 → 9 of 9`: games that had no prediction before the run. */
export function predictionsFigure(receipt: MlReceipt): Figure {
  const { before, after, expected, newGames } = receipt;
  if (after === null) return { value: "not measured", note: receipt.unmeasured ?? "", tone: "partial" };
  if (newGames > 0) {
    return {
      value: `+${gamesText(newGames)}`,
      note: `predictions ${before.predicted} → ${after.predicted} of ${expected}`,
      tone: "plain",
    };
  }
  return {
    value: "no new game",
    note: `predictions ${after.predicted} of ${expected}`,
    tone: after.predicted < expected ? "partial" : "plain",
  };
}

/** `5 changed`, `2 as they were`: games that had a prediction before, by their chances. */
export function changesFigure(receipt: MlReceipt): Figure {
  if (receipt.after === null) return { value: "—", note: "not measured", tone: "none" };
  const same = receipt.games.filter(({ change }) => change === "same").length;
  const gone = receipt.games.filter(({ change }) => change === "gone").length;
  if (gone > 0) return { value: `${gone} gone`, note: `${receipt.changed} changed`, tone: "missing" };
  if (receipt.changed === 0 && same === 0)
    return { value: "—", note: "no game had one before", tone: "none" };
  return {
    value: receipt.changed === 0 ? "none changed" : `${receipt.changed} changed`,
    note: same > 0 ? `${same} as before` : "",
    tone: "plain",
  };
}

/** `2 games`, or the game itself; or that nothing is missing any more. */
export function unpredictedFigure(receipt: MlReceipt): Figure {
  if (receipt.after === null) return { value: "—", note: "not measured", tone: "none" };
  const { stillMissing, expected } = receipt;
  if (stillMissing.length === 0)
    return expected === 0
      ? { value: "nothing", note: "no game was expected", tone: "plain" }
      : { value: "nothing", note: `${gamesText(expected)} predicted`, tone: "whole" };
  if (stillMissing.length === 1)
    return { value: String(stillMissing[0]), note: "has no prediction", tone: "missing" };
  const few = stillMissing.length <= 3;
  return {
    value: gamesText(stillMissing.length),
    note: few ? stillMissing.join(", ") : "without a prediction",
    tone: "missing",
  };
}

function gamesText(count: number): string {
  return count === 1 ? "1 game" : `${count} games`;
}
