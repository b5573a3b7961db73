import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { DateCoverage } from "@/lib/contracts/coverage";
import { createDb, type Db } from "@/lib/db";
import { testActor } from "@/lib/testing/test-actor";
import { type ConsoleDatabase, createConsoleDatabase } from "@/lib/testing/throwaway-database";
import { listWaivers } from "./list-waivers";
import { revokeWaiver } from "./revoke-waiver";
import { waiveGame } from "./waive-game";

const DATE = "2026-11-19";

let database: ConsoleDatabase;
let db: Db;

beforeAll(async () => {
  database = await createConsoleDatabase();
  db = createDb(database.url, "waivers-test");
});
afterAll(async () => {
  await db?.$disconnect();
  await database?.drop();
});
beforeEach(async () => {
  await db.waiver.deleteMany();
  await database.emptyAudit();
});

function gameOf(key: string, standing: string, isThere: boolean) {
  return { key, standing, waiver: null, boxscores: { present: isThere }, pbp: { present: isThere } };
}

/** The date as the warehouse would tell of it; waivers come from the database alone. */
const reader = {
  date: async () =>
    ({
      games: [
        gameOf("LAL@PHX", "expected", false),
        gameOf("BOS@NYK", "expected", true),
        gameOf("UTA@SAS", "unscheduled", true),
      ],
    }) as unknown as DateCoverage,
};

function waive(game = "LAL@PHX", actor = "ada") {
  return waiveGame({
    db,
    reader,
    actor: testActor(actor),
    request: { date: DATE, game, reason: "hall on fire" },
  });
}

const audit = () => db.auditEntry.findMany({ orderBy: { id: "asc" } });

describe("waiving", () => {
  it("keeps who, why and when, with its audit entry", async () => {
    const { id } = await waive();
    expect(await listWaivers(db)).toEqual([
      {
        id,
        gameDate: DATE,
        game: "LAL@PHX",
        reason: "hall on fire",
        waivedBy: "ada",
        waivedAt: expect.any(Date),
      },
    ]);
    expect(await audit()).toMatchObject([
      { actor: "ada", action: "waiver.create", target: `${DATE} LAL@PHX`, result: "accepted" },
    ]);
  });

  it("refuses games that are not scheduled, and games that lack nothing", async () => {
    await expect(waive("MIA@ORL")).rejects.toMatchObject({ code: "invalid-request" });
    await expect(waive("UTA@SAS")).rejects.toMatchObject({ code: "invalid-request" });
    await expect(waive("BOS@NYK")).rejects.toMatchObject({ code: "conflict" });
    expect(await listWaivers(db)).toEqual([]);
    expect(await audit()).toEqual([]);
  });

  it("lets one of many at once win", async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 6 }, (_, n) => waive("LAL@PHX", `op ${n}`)),
    );
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const result of results)
      if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "conflict" });
    expect(await listWaivers(db)).toHaveLength(1);
    expect(await audit()).toHaveLength(1);
  });
});

describe("revoking", () => {
  it("takes it back once, and the game can be waived again", async () => {
    const { id } = await waive();
    const both = await Promise.allSettled([
      revokeWaiver({ db, actor: testActor("bob"), id }),
      revokeWaiver({ db, actor: testActor("eve"), id }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const [lost] = both.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
    expect(lost).toMatchObject({ code: "conflict" });
    expect(await listWaivers(db)).toEqual([]);
    expect((await audit()).map(({ action }) => action)).toEqual(["waiver.create", "waiver.revoke"]);
    await waive();
    expect(await listWaivers(db)).toHaveLength(1);
  });

  it("knows what never was", async () => {
    for (const id of ["018f0000-0000-7000-8000-000000000000", "1' or 1=1", ""])
      await expect(revokeWaiver({ db, actor: testActor("bob"), id })).rejects.toMatchObject({
        code: "not-found",
      });
    expect(await audit()).toEqual([]);
  });
});
