import { describe, expect, test } from "vitest";
import type { BackfillReceipt } from "@/lib/contracts/run-kinds/backfill";
import { gamesFigure, missingFigure, missingText, rowsFigure } from "./backfill-figures";

type Snapshot = BackfillReceipt["games"][number]["before"];
const at = "2026-11-22T20:42:39.000Z";
const has = (boxscoreRows: number, pbpRows: number): Snapshot => ({
  boxscoreRows,
  boxscores: boxscoreRows > 0,
  pbpRows,
  pbp: pbpRows > 0,
});

/** Each game as [rows before, rows after], box scores and plays. */
function receiptOf(games: [Snapshot, Snapshot][], change: Partial<BackfillReceipt> = {}): BackfillReceipt {
  const sum = (when: 0 | 1, of: (snapshot: Snapshot) => number) =>
    games.reduce((total, game) => total + of(game[when]), 0);
  return {
    kind: "backfill",
    date: "2026-11-19",
    before: { measuredAt: at, state: "partial" },
    after: { measuredAt: at, state: "partial" },
    unmeasured: null,
    expected: games.length,
    boxscores: {
      before: sum(0, (s) => Number(s.boxscores)),
      after: sum(1, (s) => Number(s.boxscores)),
      rowsBefore: sum(0, (s) => s.boxscoreRows),
      rowsAfter: sum(1, (s) => s.boxscoreRows),
    },
    pbp: {
      before: sum(0, (s) => Number(s.pbp)),
      after: sum(1, (s) => Number(s.pbp)),
      rowsBefore: sum(0, (s) => s.pbpRows),
      rowsAfter: sum(1, (s) => s.pbpRows),
    },
    games: games.map(([before, after], index) => ({
      game: `G${index}`,
      standing: "expected",
      before,
      after,
    })),
    stillMissing: games.flatMap(([, after], index) => {
      const lacks = (["boxscores", "pbp"] as const).filter((source) => !after[source]);
      return lacks.length > 0 ? [{ game: `G${index}`, lacks: [...lacks] }] : [];
    }),
    explainedBy: null,
    next: null,
    ...change,
  };
}

const none = has(0, 0);
describe("figures of a receipt", () => {
  test.each<[string, BackfillReceipt, string[], string[], string[]]>([
    [
      "all arrived",
      receiptOf([
        [none, has(26, 450)],
        [none, has(25, 440)],
      ]),
      ["+2 games", "both sources 0 → 2 of 2"],
      ["+51", "box score rows; +890 plays"],
      ["nothing", "2 games in bronze"],
    ],
    [
      "box scores only",
      receiptOf([
        [has(26, 0), has(26, 0)],
        [none, has(25, 0)],
      ]),
      ["+1 game", "box scores 1 → 2 of 2"],
      ["+25", "box score rows; 0 plays"],
      ["plays of 2 games", "G0, G1"],
    ],
    [
      "plays only",
      receiptOf([[has(26, 0), has(26, 1450)]]),
      ["+1 game", "plays 0 → 1 of 1"],
      ["+1,450", "plays; 0 box score rows"],
      ["nothing", "1 game in bronze"],
    ],
    [
      "nothing arrived",
      receiptOf([[none, none]]),
      ["no change", "box scores 0, plays 0 of 1"],
      ["0", "box score rows; 0 plays"],
      ["G0", "box scores and plays"],
    ],
    [
      "nothing was missing",
      receiptOf([[has(26, 450), has(26, 450)]]),
      ["no change", "box scores 1, plays 1 of 1"],
      ["0", "box score rows; 0 plays"],
      ["nothing", "1 game in bronze"],
    ],
    [
      "rows went away",
      receiptOf([[has(52, 450), has(26, 450)]]),
      ["no change", "box scores 1, plays 1 of 1"],
      ["−26", "box score rows; 0 plays"],
      ["nothing", "1 game in bronze"],
    ],
    [
      "not measured afterwards",
      receiptOf([[none, none]], { after: null, unmeasured: "The warehouse does not answer." }),
      ["not measured", "The warehouse does not answer."],
      ["—", "not measured"],
      ["—", "not measured"],
    ],
    [
      "no games",
      receiptOf([]),
      ["no change", "box scores 0, plays 0 of 0"],
      ["0", "box score rows; 0 plays"],
      ["nothing", "no game was expected"],
    ],
  ])("%s", (_name, receipt, games, rows, missing) => {
    const shown = [gamesFigure(receipt), rowsFigure(receipt), missingFigure(receipt)];
    expect(shown.map(({ value, note }) => [value, note])).toEqual([games, rows, missing]);
  });

  test("a hole that stays is never green", () => {
    expect(missingFigure(receiptOf([[none, none]])).tone).toBe("missing");
    expect(gamesFigure(receiptOf([[none, none]])).tone).toBe("partial");
  });
});

describe("missingText", () => {
  test.each<[BackfillReceipt["stillMissing"], string]>([
    [[{ game: "LAL @ PHX", lacks: ["pbp"] }], "plays of LAL @ PHX"],
    [
      [
        { game: "A", lacks: ["boxscores", "pbp"] },
        { game: "B", lacks: ["pbp"] },
      ],
      "box scores of A, plays of 2 games",
    ],
    [[{ game: "A", lacks: ["boxscores"] }], "box scores of A"],
    [[], ""],
  ])("%j: %s", (missing, text) => expect(missingText(missing)).toBe(text));
});
