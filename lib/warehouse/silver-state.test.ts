import { describe, expect, it } from "vitest";
import type { SilverState } from "@/lib/contracts/coverage";
import { emptyGame, type SampleGame, sampleGame, utc } from "./sample-game";
import { silverBoxscoresState, silverPlaysState } from "./silver-state";

describe("silverBoxscoresState", () => {
  const states: [string, SilverState | null, SampleGame][] = [
    ["as many, as new", "whole", {}],
    ["none", "absent", { silverRows: 0 }],
    ["one less", "fewer", { silverRows: 24 }],
    ["one more", "doubled", { silverRows: 26 }],
    ["as many, a microsecond older", "older", { silverWrittenAt: utc("2026-11-19 23:59") - 0.001 }],
    ["as many, newer", "whole", { silverWrittenAt: utc("2026-11-20 23:59") }],
    ["nothing in bronze yet", "waits", { awayRows: 0, homeRows: 0, silverRows: 0 }],
    ["left over from before bronze lost it", "waits", { awayRows: 0, homeRows: 0, silverRows: 25 }],
    ["no such table", null, { silverRows: null }],
  ];
  it.each(states)("%s: %s", (_, state, given) => {
    expect(silverBoxscoresState(sampleGame(given))).toBe(state);
  });

  it("does not judge age where a side has no modified_at", () => {
    const game = sampleGame({ silverWrittenAt: 0 });
    game.boxscores.newestAt = null;
    expect(silverBoxscoresState(game)).toBe("whole");
  });
});

describe("silverPlaysState", () => {
  it("is there, absent, or waits for bronze", () => {
    expect(silverPlaysState(sampleGame())).toBe("whole");
    expect(silverPlaysState(sampleGame({ silverPlays: 0 }))).toBe("absent");
    expect(silverPlaysState(emptyGame())).toBe("waits");
    expect(silverPlaysState(sampleGame({ silverPlays: null }))).toBeNull();
  });
});
