import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hashToken } from "@/lib/auth/authenticate";
import type { Role } from "@/lib/contracts/roles";
import { createDb, type Db } from "@/lib/db";
import { STACK, send } from "./send";
import { visitor } from "./visitors";

let db: Db;
beforeAll(() => {
  db = createDb(STACK.databaseUrl, "security-tokens");
});
afterAll(() => db?.$disconnect());

describe("API tokens", () => {
  async function token(role: Role, of: { personRole: Role } & Partial<{ expiresAt: Date; revokedAt: Date }>) {
    const { id } = await visitor(db, of.personRole);
    const secret = `bc_${uuidv7().replaceAll("-", "")}security`;
    await db.apiToken.create({
      data: {
        personId: id,
        name: "script",
        role,
        tokenHash: hashToken(secret),
        prefix: secret.slice(0, 8),
        expiresAt: of.expiresAt ?? new Date(Date.now() + 86_400_000),
        revokedAt: of.revokedAt,
      },
    });
    return { person: id, headers: { authorization: `Bearer ${secret}` }, secret };
  }
  const runs = (headers: Record<string, string>) =>
    send({ method: "POST", path: "/api/runs", headers, origin: null, body: { nonsense: true } });

  it("may what their role may, from anywhere, and nothing that is left to people", async () => {
    const { headers } = await token("operator", { personRole: "operator" });
    expect((await send({ path: "/api/runs", headers, origin: null })).status).toBe(200);
    expect((await runs(headers)).status).toBe(400);
    expect((await send({ path: "/api/account", headers })).status).toBe(403);
    expect((await send({ path: "/api/audit", headers })).status).toBe(403);
  });

  it("never may more than their person does now", async () => {
    const { person, headers } = await token("admin", { personRole: "admin" });
    expect((await send({ path: "/api/audit", headers })).status).toBe(200);
    // An admin's token cannot make itself last.
    for (const [path, body] of [
      [`/api/people/${person}/password-link`, {}],
      [`/api/people/${person}/end-sessions`, {}],
      ["/api/invites", { email: "more@backcourt.test", role: "admin" }],
    ] as const)
      expect([path, (await send({ method: "POST", path, headers, origin: null, body })).status]).toEqual([
        path,
        403,
      ]);
    await db.person.update({ where: { id: person }, data: { role: "viewer" } });
    expect((await send({ path: "/api/audit", headers })).status).toBe(403);
    expect((await runs(headers)).status).toBe(403);
    await db.person.update({ where: { id: person }, data: { disabledAt: new Date() } });
    expect((await send({ path: "/api/runs", headers })).status).toBe(401);
  });

  it("are nothing once expired or revoked, and their hash is none", async () => {
    const expired = await token("viewer", { personRole: "viewer", expiresAt: new Date(Date.now() - 1_000) });
    const revoked = await token("viewer", { personRole: "viewer", revokedAt: new Date() });
    const good = await token("viewer", { personRole: "viewer" });
    for (const headers of [
      expired.headers,
      revoked.headers,
      { authorization: `Bearer ${hashToken(good.secret)}` },
      { authorization: `Bearer bc_${hashToken(good.secret)}` },
      { authorization: `Basic ${Buffer.from(`x:${good.secret}`).toString("base64")}` },
      { authorization: "Bearer " },
      { authorization: `Bearer ${good.secret}' or 1=1--` },
    ])
      expect([headers, (await send({ path: "/api/runs", headers })).status]).toEqual([headers, 401]);
    expect((await send({ path: `/api/runs?token=${good.secret}` })).status).toBe(401);
  });
});
