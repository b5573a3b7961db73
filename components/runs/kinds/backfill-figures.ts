import type { BackfillReceipt } from "@/lib/contracts/run-kinds/backfill";
import type { Figure } from "../receipt-figure";

type Source = "boxscores" | "pbp";
type Missing = BackfillReceipt["stillMissing"];

const SOURCE_NAME = { boxscores: "box scores", pbp: "plays" } as const satisfies Record<Source, string>;

/** `+3 games`, `box scores 6 → 9 of 9`: expected games that gained a source, and which. */
export function gamesFigure(receipt: BackfillReceipt): Figure {
  if (receipt.after === null) return unmeasured(receipt);
  const gained = receipt.games.filter(
    ({ standing, before, after }) =>
      standing === "expected" && ((after.boxscores && !before.boxscores) || (after.pbp && !before.pbp)),
  ).length;
  const moved = (["boxscores", "pbp"] as const).filter(
    (source) => receipt[source].after !== receipt[source].before,
  );
  if (moved.length === 0) {
    const { boxscores, pbp, expected } = receipt;
    return {
      value: "no change",
      note: `box scores ${boxscores.after}, plays ${pbp.after} of ${expected}`,
      tone: receipt.stillMissing.length > 0 ? "partial" : "plain",
    };
  }
  const { boxscores, pbp } = receipt;
  const alike = moved.length === 2 && boxscores.before === pbp.before && boxscores.after === pbp.after;
  const note = alike
    ? `both sources ${boxscores.before} → ${boxscores.after}`
    : moved
        .map((source) => `${SOURCE_NAME[source]} ${receipt[source].before} → ${receipt[source].after}`)
        .join(", ");
  return { value: `+${gamesText(gained)}`, note: `${note} of ${receipt.expected}`, tone: "plain" };
}

/** `+77`, `box score rows; 0 plays` */
export function rowsFigure(receipt: BackfillReceipt): Figure {
  if (receipt.after === null) return { value: "—", note: "not measured", tone: "none" };
  const boxscores = receipt.boxscores.rowsAfter - receipt.boxscores.rowsBefore;
  const plays = receipt.pbp.rowsAfter - receipt.pbp.rowsBefore;
  if (boxscores === 0 && plays !== 0)
    return { value: signed(plays), note: "plays; 0 box score rows", tone: "plain" };
  const others = plays === 0 ? "0 plays" : `${signed(plays)} plays`;
  return { value: signed(boxscores), note: `box score rows; ${others}`, tone: "plain" };
}

/** `plays of 9 games`, or that nothing is missing any more. */
export function missingFigure(receipt: BackfillReceipt): Figure {
  if (receipt.after === null) return { value: "—", note: "not measured", tone: "none" };
  const { stillMissing, expected } = receipt;
  if (stillMissing.length === 0)
    return expected === 0
      ? { value: "nothing", note: "no game was expected", tone: "plain" }
      : { value: "nothing", note: `${gamesText(expected)} in bronze`, tone: "whole" };
  if (stillMissing.every(({ lacks }) => lacks.length === 2))
    return {
      value: named(stillMissing.map(({ game }) => game)),
      note: "box scores and plays",
      tone: "missing",
    };
  const few = stillMissing.length > 1 && stillMissing.length <= 3;
  const note = few ? stillMissing.map(({ game }) => game).join(", ") : "";
  return { value: missingText(stillMissing), note, tone: "missing" };
}

/** `plays of LAL @ PHX`, `box scores of 2 games, plays of 9 games`. */
export function missingText(missing: Missing): string {
  const boxscores = lacking(missing, "boxscores");
  const plays = lacking(missing, "pbp");
  return [
    boxscores.length > 0 ? `box scores of ${named(boxscores)}` : "",
    plays.length > 0 ? `plays of ${named(plays)}` : "",
  ]
    .filter(Boolean)
    .join(", ");
}

function lacking(missing: Missing, source: Source): string[] {
  return missing.filter(({ lacks }) => lacks.includes(source)).map(({ game }) => game);
}

function named(games: string[]): string {
  return games.length === 1 ? String(games[0]) : gamesText(games.length);
}

function gamesText(count: number): string {
  return count === 1 ? "1 game" : `${count} games`;
}

function signed(count: number): string {
  return count > 0 ? `+${count.toLocaleString("en-US")}` : count.toLocaleString("en-US").replace("-", "−");
}

function unmeasured(receipt: BackfillReceipt): Figure {
  return { value: "not measured", note: receipt.unmeasured ?? "", tone: "partial" };
}
