import type { Server } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openControlStore } from "../stats-source/control-store";
import { createStatsSource } from "../stats-source/stats-source";
import { startBackfill } from "../testing/run-backfill";
import { createThrowawayWarehouse, type ThrowawayWarehouse } from "../testing/throwaway-database";
import { seededHoles, seedWarehouse } from "../warehouse/seed";
import type { HoleKind } from "../warehouse/seeded-holes";
import { transformOnce } from "./transform-once";

const ANCHOR = "2025-02-12";
const NOW = new Date("2025-02-12T17:00:00Z");

let warehouse: ThrowawayWarehouse;
let source: Server;
let statsSourceUrl: string;

beforeAll(async () => {
  warehouse = await createThrowawayWarehouse();
  await seedWarehouse({ client: warehouse.admin, now: NOW, anchorDate: ANCHOR });
  source = createStatsSource({ anchorDate: ANCHOR, control: openControlStore(undefined) });
  await new Promise<void>((resolve) => source.listen(0, "127.0.0.1", resolve));
  const address = source.address();
  if (address === null || typeof address === "string") throw new Error("not listening on a port");
  statsSourceUrl = `http://127.0.0.1:${address.port}`;
}, 30_000);

afterAll(async () => {
  source?.close();
  await warehouse?.drop();
});

async function backfill(kind: HoleKind): Promise<string> {
  const date = seededHoles(NOW, ANCHOR).find((hole) => hole.kind === kind)?.date;
  if (date === undefined) throw new Error(`no date is ${kind}`);
  const { code } = await startBackfill(date, { warehouseUrl: warehouse.pipelineUrl, statsSourceUrl })
    .finished;
  expect(code).toBe(0);
  return date;
}

/** Rows of a date: box scores in bronze and silver, plays in silver. */
async function rowsOf(date: string): Promise<{ bronze: number; silver: number; plays: number }> {
  const { rows } = await warehouse.admin.query<{ bronze: number; silver: number; plays: number }>(
    `select (select count(*)::int from bronze.bbref_player_boxscores where date::date = $1) as bronze,
       (select count(*)::int from silver.fact_boxscores where game_date = $1) as silver,
       (select count(*)::int from silver.fact_pbp_data where game_date = $1) as plays`,
    [date],
  );
  const [counts] = rows;
  if (counts === undefined) throw new Error("no counts");
  return counts;
}

describe("transformOnce", () => {
  it("finds nothing to do in a seeded warehouse", async () => {
    expect(await transformOnce(warehouse.pipelineUrl)).toBeNull();
  });

  it("makes the newest date whole after its backfill", async () => {
    const date = await backfill("late");
    expect(await transformOnce(warehouse.pipelineUrl)).not.toBeNull();
    const { bronze, silver, plays } = await rowsOf(date);
    expect(silver).toBe(bronze);
    expect(plays).toBeGreaterThan(0);
    expect(await transformOnce(warehouse.pipelineUrl)).toBeNull();
  });

  it("brings an older date's box scores and never its plays", async () => {
    const date = await backfill("missing");
    expect(await transformOnce(warehouse.pipelineUrl)).toMatchObject({ plays: 0 });
    const { bronze, silver, plays } = await rowsOf(date);
    expect(silver).toBe(bronze);
    expect(plays).toBe(0);
  });

  it("doubles the box scores of a date that silver holds already", async () => {
    const date = await backfill("no-plays");
    await transformOnce(warehouse.pipelineUrl);
    const { bronze, silver } = await rowsOf(date);
    expect(silver).toBe(2 * bronze);
  });
});
