import { describe, expect, it } from "vitest";
import { lackingGames, summaryOf } from "./coverage-fixtures";
import { orderAttention } from "./order-attention";

describe("orderAttention", () => {
  it("puts missing before partial before stale, then more games, then newer dates", () => {
    const dates = [
      summaryOf({ date: "2026-11-05", state: "whole" }),
      summaryOf({ date: "2026-11-09", state: "partial", lacking: lackingGames(3) }),
      summaryOf({ date: "2026-11-12", state: "partial", lacking: lackingGames(7) }),
      summaryOf({ date: "2026-11-17", state: "stale", lacking: lackingGames(9) }),
      summaryOf({ date: "2026-11-19", state: "partial", lacking: lackingGames(3) }),
      summaryOf({ date: "2026-11-21", state: "missing", lacking: lackingGames(2) }),
      summaryOf({ date: "2026-11-22", state: "pending" }),
      summaryOf({ date: "2026-11-23", state: "upcoming" }),
    ];
    expect(orderAttention(dates).map((summary) => summary.date.slice(8))).toEqual([
      "21",
      "12",
      "19",
      "09",
      "17",
    ]);
  });
});
