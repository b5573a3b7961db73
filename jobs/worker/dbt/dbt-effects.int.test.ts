import type { Server } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { easternDate } from "@/lib/game-date";
import { openControlStore } from "@/sandbox/stats-source/control-store";
import { createStatsSource } from "@/sandbox/stats-source/stats-source";
import { type DbtConsole, openDbtConsole } from "@/sandbox/testing/dbt-console";
import { startBackfill } from "@/sandbox/testing/run-backfill";
import { createThrowawayWarehouse, type ThrowawayWarehouse } from "@/sandbox/testing/throwaway-warehouse";
import { seededHoles, seedWarehouse } from "@/sandbox/warehouse/seed";
import type { HoleKind } from "@/sandbox/warehouse/seeded-holes";

const BUILD_MS = 240_000;
const AFTER_A_BACKFILL = ["fact_boxscores+", "fact_pbp_data+"];
const now = new Date();
const anchorDate = easternDate(now);

let warehouse: ThrowawayWarehouse;
let desk: DbtConsole;
let source: Server;
let statsSourceUrl: string;

beforeAll(async () => {
  warehouse = await createThrowawayWarehouse();
  await seedWarehouse({ client: warehouse.admin, now, anchorDate });
  desk = await openDbtConsole(warehouse);
  source = createStatsSource({ anchorDate, control: openControlStore(undefined) });
  await new Promise<void>((resolve) => source.listen(0, "127.0.0.1", resolve));
  const address = source.address();
  if (address === null || typeof address === "string") throw new Error("not listening on a port");
  statsSourceUrl = `http://127.0.0.1:${address.port}`;
}, BUILD_MS);

afterAll(async () => {
  await desk?.close();
  source?.close();
  await warehouse?.drop();
});

function dateOf(kind: HoleKind): string {
  const date = seededHoles(now, anchorDate).find((hole) => hole.kind === kind)?.date;
  if (date === undefined) throw new Error(`no date is ${kind}`);
  return date;
}

async function backfill(date: string): Promise<void> {
  const { code } = await startBackfill(date, { warehouseUrl: warehouse.pipelineUrl, statsSourceUrl })
    .finished;
  expect(code).toBe(0);
}

const dates = (receipt: { leftBehind: { date: string }[] }) => receipt.leftBehind.map(({ date }) => date);

/** A build of the usual selection, to its end. */
async function build(fullRefresh = false, select = AFTER_A_BACKFILL) {
  const run = await desk.ended(await desk.order({ select, fullRefresh }));
  return { run, receipt: await desk.receipt(run.id) };
}

async function warningsOf(fullRefresh = false) {
  const order = { kind: "dbt", params: [{ select: AFTER_A_BACKFILL, fullRefresh }], overrideDailyRun: false };
  const { runs } = await desk.preview(order as Parameters<typeof desk.preview>[0]);
  return runs[0]?.warnings ?? [];
}

describe("builds judged by what they do to silver", { timeout: BUILD_MS }, () => {
  it("rebuilds everything behind a typed confirmation, and mends what was absent and doubled", async () => {
    await expect(desk.order({ fullRefresh: true })).rejects.toMatchObject({
      code: "invalid-request",
      fields: [{ path: "confirm" }, { path: "reason" }],
    });
    await expect(
      desk.order({ fullRefresh: true }, { confirm: "another", reason: "a test" }),
    ).rejects.toMatchObject({ fields: [{ path: "confirm" }] });
    expect(await desk.db.run.count()).toBe(0);
    const id = await desk.order({ fullRefresh: true }, { confirm: "nba_warehouse", reason: "a test" });
    const run = await desk.ended(id);
    // A test fails while any past game lacks box scores: dbt exits 1, and what was wanted is built.
    expect(run, run.text).toMatchObject({ state: "succeeded", exitCode: 1, reason: "a test" });
    expect(run.outcome).toBe("26 models built, 1 of 53 tests failed; 2 dates mended");
    const receipt = await desk.receipt(id);
    expect(receipt.mended).toEqual([dateOf("silver-absent"), dateOf("silver-doubled")].sort());
    expect(receipt.leftBehind).toEqual([]);
    expect(receipt.unfinished).toEqual(["no_past_game_lacks_boxscores"]);
    const standings = receipt.gold.find(({ table }) => table === "gold.standings");
    expect(standings).toMatchObject({ rowsBefore: 30, rowsAfter: 30, isEstimate: false });
    expect(Date.parse(String(standings?.builtAfter))).toBeGreaterThan(run.startedAt?.getTime() ?? 0);
    // Views have no rows of their own, and compute their time on reading.
    expect(receipt.gold.map(({ table }) => table)).not.toContain("gold.schedule_tonights_games");
  });

  it("takes the newest date in with the usual build", async () => {
    await backfill(dateOf("late"));
    expect(await warningsOf()).toEqual([]);
    const { run, receipt } = await build();
    expect(run, run.text).toMatchObject({ state: "succeeded", exitCode: 1 });
    expect(receipt).toMatchObject({ mended: [dateOf("late")], leftBehind: [], mend: null });
  });

  it("calls plays that come late for an older date partly, and mends them by the refresh that it offers", async () => {
    const date = dateOf("missing");
    await backfill(date);
    expect(await warningsOf(true)).toEqual([]);
    expect(await warningsOf()).toMatchObject([
      { code: "no-effect-expected", text: expect.stringContaining("this leaves 1 date behind") },
    ]);
    const usual = await build();
    expect(usual.run, usual.run.text).toMatchObject({ state: "partly" });
    expect(usual.receipt).toMatchObject({
      mended: [],
      leftBehind: [{ date, cause: "watermark", isNew: false, wanted: true }],
      mend: { select: AFTER_A_BACKFILL, fullRefresh: true },
    });
    const again = await build();
    expect(again.run, again.run.text).toMatchObject({ state: "no_effect" });
    expect(again.run.outcome).toContain("stays behind");
    const { select = [], fullRefresh = false } = again.receipt.mend ?? {};
    const mended = await build(fullRefresh, select);
    expect(mended.run, mended.run.text).toMatchObject({ state: "succeeded" });
    expect(mended.receipt).toMatchObject({ mended: [date], leftBehind: [], mend: null });
  });

  it("fails where doubled box scores have everything after them skipped, and goes on from there once they are mended", async () => {
    const date = dateOf("no-plays");
    await backfill(date);
    const doubled = await build();
    expect(doubled.run, doubled.run.text).toMatchObject({ state: "failed", exitCode: 1 });
    expect(doubled.run.outcome).toContain("skipped because boxscores_are_unique failed");
    expect(doubled.receipt).toMatchObject({
      leftBehind: [{ date, cause: "doubled" }],
      mend: { fullRefresh: true },
      explainedBy: { text: expect.stringContaining("Failure in test boxscores_are_unique") },
    });
    expect(doubled.receipt.unfinished).toEqual(
      expect.arrayContaining(["boxscores_are_unique", "int_team_games", "standings"]),
    );
    expect(doubled.receipt.unfinished).not.toContain("fact_boxscores");

    await warehouse.admin.query(`
      delete from silver.fact_boxscores where ctid in (
        select min(ctid) from silver.fact_boxscores group by player, game_date having count(*) > 1)`);
    const retry = await desk.ended(await desk.order({ retryOf: doubled.run.id }));
    expect(retry, retry.text).toMatchObject({ state: "succeeded" });
    expect(retry.argv).toContain("standings");
    expect(retry.argv).not.toContain("fact_boxscores");
    const { models, tests, leftBehind } = await desk.receipt(retry.id);
    expect(models).toMatchObject({ errored: 0, skipped: 0, built: models.wanted });
    expect(tests.skipped).toBe(0);
    // Its plays are still behind, which these models do not make.
    expect(leftBehind).toMatchObject([{ date, wanted: false, cause: "absent" }]);

    const { receipt } = await build(true);
    expect(receipt.mended).toEqual([date]);
  });

  it("tells of dates that are behind in bronze too, and of none that was never behind", async () => {
    await backfill(dateOf("partial"));
    const { run, receipt } = await build(true);
    expect(run, run.text).toMatchObject({ state: "succeeded", exitCode: 0 });
    expect(receipt.tests.failed).toBe(0);
    expect(dates(receipt)).toEqual([]);
  });

  it("runs nothing again of a build that left nothing unfinished", async () => {
    const last = await desk.db.run.findFirstOrThrow({ orderBy: { id: "desc" } });
    await expect(desk.order({ retryOf: last.id })).rejects.toMatchObject({ code: "conflict" });
    await expect(desk.order({ retryOf: crypto.randomUUID() })).rejects.toMatchObject({
      code: "not-found",
    });
  });
});
