import { describe, expect, it } from "vitest";
import type { DateCoverage } from "@/lib/contracts/coverage";
import { AppError } from "@/lib/errors";
import { createDateFactsReader } from "./backfill-date-facts";

const STANDINGS = ["played", "unplayed", "withdrawn", "played"];

function create() {
  const asked: string[] = [];
  const world = { now: 0, stale: null as string | null, isAway: false };
  const read = createDateFactsReader(
    async (date) => {
      asked.push(date);
      if (world.isAway) throw new AppError("warehouse-unavailable", "The warehouse does not answer.");
      return {
        summary: { state: "missing" },
        games: STANDINGS.map((standing) => ({ standing })),
        stale: world.stale && { message: world.stale },
      } as unknown as DateCoverage;
    },
    () => world.now,
  );
  return { read, asked, world };
}

describe("createDateFactsReader", () => {
  it("counts the games that the source lists", async () => {
    const { read } = create();
    expect(await read("2026-11-20", "preview")).toEqual({
      state: "missing",
      scheduledGames: 2,
      problem: null,
    });
  });

  it("measures for every preview, and once for the preview and its order", async () => {
    const { read, asked } = create();
    await read("2026-11-20", "preview");
    await read("2026-11-20", "preview");
    await read("2026-11-20", "order");
    await read("2026-11-20", "order");
    expect(asked).toHaveLength(2);
  });

  it("measures for an order of its own, for another date's, and for one that comes late", async () => {
    const { read, asked, world } = create();
    await read("2026-11-20", "order");
    await read("2026-11-20", "order");
    await read("2026-11-19", "preview");
    await read("2026-11-18", "order");
    world.now += 30_000;
    await read("2026-11-19", "order");
    expect(asked).toEqual(["2026-11-20", "2026-11-20", "2026-11-19", "2026-11-18", "2026-11-19"]);
  });

  it("does not keep what was old already, or could not be told", async () => {
    const { read, asked, world } = create();
    world.stale = "The warehouse does not answer.";
    expect(await read("2026-11-20", "preview")).toMatchObject({ problem: world.stale });
    world.stale = null;
    expect(await read("2026-11-20", "order")).toMatchObject({ problem: null });
    world.isAway = true;
    await expect(read("2026-11-19", "preview")).rejects.toThrow("does not answer");
    world.isAway = false;
    expect(await read("2026-11-19", "order")).toMatchObject({ state: "missing" });
    expect(asked).toHaveLength(4);
  });
});
