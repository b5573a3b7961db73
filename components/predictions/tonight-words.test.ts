import { describe, expect, it } from "vitest";
import type { DatePredictions } from "@/lib/contracts/predictions";
import { tonightWords } from "./tonight-words";

const CLOSES = "2026-11-23T00:00:00.000Z";
const DUE = "2026-11-22T12:30:00.000Z";

function on(date: string, given: Partial<DatePredictions>): DatePredictions {
  const counts = { predicted: 0, pending: 0, fillable: 0, lost: 0, ...given };
  const expected = counts.predicted + counts.pending + counts.fillable + counts.lost;
  return { date, expected, closesAt: CLOSES, lacking: [], ...counts };
}
const tonight = (given: Partial<DatePredictions>) => on("2026-11-22", given);

describe("tonightWords", () => {
  it.each([
    [
      "every game predicted",
      tonight({ predicted: 9 }),
      { headline: "9 of 9", tone: "whole", lines: [["Every game of tonight has its prediction.", null]] },
    ],
    [
      "before the daily run",
      tonight({ pending: 9 }),
      { headline: "0 of 9", tone: "none", lines: [["9 games are due at", DUE]] },
    ],
    [
      "some can still be filled",
      tonight({ predicted: 7, fillable: 2 }),
      { headline: "7 of 9", tone: "partial", lines: [["2 games can still be predicted, until", CLOSES]] },
    ],
    [
      "one was lost",
      tonight({ predicted: 8, lost: 1 }),
      {
        headline: "8 of 9",
        tone: "none",
        lines: [["1 game was not predicted in time, and will stay so: it closed at", CLOSES]],
      },
    ],
    [
      "no games",
      tonight({}),
      { headline: "no games", tone: "none", lines: [["Nothing is to be predicted tonight.", null]] },
    ],
  ])("%s", (_name, date, expected) => {
    const { lines, ...words } = tonightWords({ tonight: date, mlToday: date });
    expect({ ...words, lines: lines.map(({ text, at }) => [text, at]) }).toEqual(expected);
  });

  it("is not known without a schedule or predictions", () => {
    expect(tonightWords({ tonight: null, mlToday: null })).toEqual({
      headline: "unknown",
      tone: "none",
      lines: [],
    });
  });

  it.each([
    [{}, "ML now predicts Mon Nov 23: no games.", null],
    [{ pending: 7 }, "ML now predicts Mon Nov 23: 0 of 7 games, the rest due at", "2026-11-23T12:30:00.000Z"],
    [
      { predicted: 6, fillable: 1 },
      "ML now predicts Mon Nov 23: 6 of 7 games, the rest until",
      "2026-11-24T00:00:00.000Z",
    ],
    [{ predicted: 1 }, "ML now predicts Mon Nov 23: 1 of 1 game.", null],
  ])("names the date that ML predicts once it is another: %j", (given, text, at) => {
    const mlToday = { ...on("2026-11-23", given), closesAt: "2026-11-24T00:00:00.000Z" };
    const { lines } = tonightWords({ tonight: tonight({ predicted: 9 }), mlToday });
    expect(lines.at(-1)).toMatchObject({ text, at });
  });
});
