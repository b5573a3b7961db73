import { describe, expect, it } from "vitest";
import { findDoubling } from "./find-doubling";
import { createRefreshLog } from "./game-standing";
import { judgeGames } from "./judge-games";
import { type SampleGame, sampleGame } from "./sample-game";

const DOUBLED: SampleGame = { silverRows: 50 };
const OLDER: SampleGame = { silverWrittenAt: 0 };
const ABSENT: SampleGame = { silverRows: 0, silverPlays: 0 };

function doublingOf(dates: Record<string, SampleGame>) {
  const judged = Object.entries(dates).map(
    ([date, game]) => [date, judgeGames([sampleGame(game)], createRefreshLog([]), new Map())] as const,
  );
  return findDoubling(new Map(judged));
}

describe("findDoubling", () => {
  it.each<[string, Record<string, SampleGame>, ReturnType<typeof findDoubling>]>([
    ["nothing where silver is whole or has nothing", { "2026-11-09": {}, "2026-11-10": ABSENT }, null],
    ["doubled rows", { "2026-11-09": DOUBLED }, { date: "2026-11-09", isThere: true }],
    ["rows written again since", { "2026-11-09": OLDER }, { date: "2026-11-09", isThere: false }],
    ["fewer rows than bronze", { "2026-11-09": { silverRows: 24 } }, { date: "2026-11-09", isThere: false }],
    [
      "the newest, doubled rows first",
      { "2026-11-12": DOUBLED, "2026-11-09": DOUBLED, "2026-11-15": OLDER },
      { date: "2026-11-12", isThere: true },
    ],
  ])("%s", (_name, dates, doubling) => expect(doublingOf(dates)).toEqual(doubling));
});
