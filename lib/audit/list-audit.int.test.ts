import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AuditInput, auditRequestSchema } from "@/lib/contracts/audit";
import { createDb, type Db } from "@/lib/db";
import { testActor } from "@/lib/testing/test-actor";
import { type ConsoleDatabase, createConsoleDatabase } from "@/lib/testing/throwaway-database";
import { auditCsv } from "./audit-csv";
import { listAudit, walkAudit } from "./list-audit";
import { unknownActor, writeAudit } from "./write-audit";

const ADA = { ...testActor("Ada"), personId: uuidv7() };
const RUN = uuidv7();
const GONE = uuidv7();

let database: ConsoleDatabase;
let db: Db;

beforeAll(async () => {
  database = await createConsoleDatabase();
  db = createDb(database.url, "list-audit-test");
  await db.run.create({
    data: {
      id: RUN,
      kind: "backfill",
      params: {},
      title: "Backfill Thu Nov 19, 2026",
      gameDate: "2026-11-19",
      state: "partly",
      outcome: "+2 of 3 games",
      argv: [],
      cwd: "/",
      lockKey: "ingestion",
      targetKey: "2026-11-19",
      requestedBy: "Ada",
    },
  });
  const acts: Parameters<typeof writeAudit>[1][] = [
    {
      actor: ADA,
      action: "run.create",
      target: "Backfill Thu Nov 19, 2026",
      params: { runDate: "2026-11-19" },
      reason: "late 100% of it",
      argv: ["python", "--run_date", "2026-11-19"],
      result: "accepted",
      runId: RUN,
    },
    {
      actor: ADA,
      action: "run.cancel",
      target: "gone",
      params: { id: GONE },
      result: "accepted",
      runId: GONE,
    },
    {
      actor: unknownActor({ address: "203.0.113.9", userAgent: "=cmd|' /C calc'!A0" }),
      action: "run.create",
      target: "/api/runs",
      params: { body: { "a\u0000": "b\u0000\ud800" } },
      result: "unauthenticated",
      message: "Sign in first.\r\n2026-11-23 run.create accepted\u0000",
    },
  ];
  for (const act of acts) await writeAudit(db, act);
  // The first and last seconds of a day, Eastern; without a command, as the entries of older versions.
  await db.$executeRaw`insert into backcourt.audit_entry (at, actor, action, params, result)
    values ('2026-03-01T04:59:59Z', 'early', 'run.create', '{}', 'accepted'),
      ('2026-03-01T05:00:00Z', 'first of March', 'run.create', '{}', 'accepted'),
      ('2026-03-02T04:59:59Z', 'still the first', 'run.create', '{}', 'accepted'),
      ('2026-03-02T05:00:00Z', 'second', 'run.create', '{}', 'accepted')`;
});
afterAll(async () => {
  await db?.$disconnect();
  await database?.drop();
});

async function actors(input: AuditInput): Promise<string[]> {
  const { entries } = await listAudit(db, auditRequestSchema.parse(input));
  return entries.map(({ actor, action }) => `${actor} ${action}`);
}

describe("the audit's list", () => {
  it.each<[string, AuditInput, string[]]>([
    ["a person", { person: ADA.personId }, ["Ada run.cancel", "Ada run.create"]],
    ["nobody known, refused", { person: "unknown", result: "refused" }, ["unknown run.create"]],
    ["an action of a person", { person: ADA.personId, action: "run.create" }, ["Ada run.create"]],
    ["one kind of refusal", { result: "unauthenticated" }, ["unknown run.create"]],
    ["no refusal of another kind", { result: "forbidden" }, []],
    ["a run", { run: RUN }, ["Ada run.create"]],
    [
      "a day in Eastern time",
      { from: "2026-03-01", to: "2026-03-01" },
      ["still the first run.create", "first of March run.create"],
    ],
    ["until a day", { to: "2026-02-28" }, ["early run.create"]],
    ["text of a reason, in any case", { text: "LATE 100%" }, ["Ada run.create"]],
    ["text with a wildcard means itself", { text: "late 100_" }, []],
    ["text of an address", { text: "203.0.113" }, ["unknown run.create"]],
    ["text of the command line", { text: "--run_date 2026" }, ["Ada run.create"]],
    ["text with quotes", { text: "' or 1=1 --" }, []],
  ])("filters: %s", async (_name, input, found) => {
    expect(await actors(input)).toEqual(found);
  });

  it("pages by the last entry, and neither skips nor repeats while new ones arrive", async () => {
    const first = await listAudit(db, auditRequestSchema.parse({ limit: 3 }));
    await writeAudit(db, { actor: ADA, action: "run.cancel", params: {}, result: "accepted" });
    const rest = await listAudit(
      db,
      auditRequestSchema.parse({ limit: 200, before: first.nextBefore ?? undefined }),
    );
    const ids = [...first.entries, ...rest.entries].map(({ id }) => Number(id));
    expect(ids).toEqual(Array.from({ length: 7 }, (_, index) => 7 - index));
    expect(rest.nextBefore).toBeNull();
  });

  it("tells what became of a run, and keeps the entry of one that is gone", async () => {
    const [known] = (await listAudit(db, auditRequestSchema.parse({ run: RUN }))).entries;
    expect(known).toMatchObject({
      runId: RUN,
      run: { title: "Backfill Thu Nov 19, 2026", state: "partly", outcome: "+2 of 3 games" },
      argv: ["python", "--run_date", "2026-11-19"],
      reason: "late 100% of it",
    });
    const [gone] = (await listAudit(db, auditRequestSchema.parse({ run: GONE }))).entries;
    expect(gone).toMatchObject({ runId: GONE, run: null, action: "run.cancel" });
  });

  it("encodes line ends and control characters of what others wrote", async () => {
    const [entry] = (await listAudit(db, auditRequestSchema.parse({ result: "unauthenticated" }))).entries;
    expect(entry?.message).toBe("Sign in first.\\r\\n2026-11-23 run.create accepted\ufffd");
    expect(entry?.params).toEqual({ body: { "a\ufffd": "b\ufffd\ufffd" } });
  });
});

describe("the audit's file", () => {
  it("has one line for each entry, whatever was written into it, and no cell that is a formula", async () => {
    let csv = "";
    for await (const piece of auditCsv(walkAudit(db, {}, 2))) csv += piece;
    const lines = csv.trimEnd().split("\r\n");
    expect(lines).toHaveLength(1 + (await db.auditEntry.count()));
    expect(lines[0]).toMatch(/^id,at_utc,actor,.*,run_outcome$/);
    expect(csv).toContain("'=cmd|");
    expect(csv).not.toMatch(/(^|,)"?[=+@]/m);
    expect(csv).not.toContain("\r\n2026-11-23 run.create accepted");
  });

  it("has what the filter lets through", async () => {
    let csv = "";
    for await (const piece of auditCsv(walkAudit(db, { run: RUN }))) csv += piece;
    expect(csv.trimEnd().split("\r\n")).toHaveLength(2);
    expect(csv).toContain(",partly,'+2 of 3 games");
  });
});
