import { createHash } from "node:crypto";
import {
  lesserRole,
  type Permission,
  ROLE_PERMISSIONS,
  type Role,
  SIGNED_IN_ONLY,
} from "@/lib/contracts/roles";
import type { Db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { clientAddress } from "./client-address";
import type { Actor } from "./permissions";
import { readSessionToken, SESSION_DAYS, SESSION_IDLE_DAYS } from "./session-cookie";

export type AuthenticateOptions = {
  db: Db;
  secret: string;
  cookieName: string;
  trustedProxies: readonly string[];
};

/** Where a request comes from and what its client calls itself. */
export type Caller = Pick<Actor, "address" | "userAgent">;

export type Authenticated = Actor & { personId: string; email: string };

const PATIENCE_MS = 3_000;
const BEARER = /^Bearer (bc_[A-Za-z0-9_-]{20,200})$/i;

/** A token as the database keeps it: SHA-256 in hexadecimal. The token itself has 256 random bits. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** True for a request that brings a token of its own, which no other site's page can make a browser send. */
export function bringsToken(headers: Headers): boolean {
  return headers.get("authorization") !== null;
}

export function callerOf(headers: Headers, trustedProxies: readonly string[]): Caller {
  return {
    address: clientAddress(headers, trustedProxies),
    userAgent: headers.get("user-agent")?.slice(0, 500) ?? null,
  };
}

/**
 * Who sends these headers, by `Authorization: Bearer bc_...` or else by the session's cookie, as the database
 * knows it now: nothing is cached, so a person who is disabled is out with their next request.
 * @throws AppError `unauthenticated`, `database-unavailable` after 3 s without an answer
 */
export async function authenticate(options: AuthenticateOptions, headers: Headers): Promise<Authenticated> {
  const caller = callerOf(headers, options.trustedProxies);
  return answeredInTime(
    bringsToken(headers)
      ? byToken(options.db, headers.get("authorization") ?? "", caller)
      : bySession(options, headers, caller),
  );
}

/** A database that hangs answers nothing, not even that; nobody should wait for it with an empty page. */
async function answeredInTime<Result>(look: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const words =
      "The console database does not answer. Nothing was started; try again when /health shows it up.";
    timer = setTimeout(() => reject(new AppError("database-unavailable", words)), PATIENCE_MS);
  });
  try {
    return await Promise.race([look, late]);
  } finally {
    clearTimeout(timer);
  }
}

type PersonRow = { personId: string; name: string; email: string; role: Role; stale: boolean };

async function bySession(
  { db, secret, cookieName }: AuthenticateOptions,
  headers: Headers,
  caller: Caller,
): Promise<Authenticated> {
  const token = readSessionToken(headers.get("cookie"), cookieName, secret);
  if (token === null) throw new AppError("unauthenticated", "Sign in first.");
  const rows = await db.$queryRaw<(PersonRow & { sessionId: string })[]>`
    select s.id::text as "sessionId", p.id::text as "personId", p.name, p.email, p.role::text as role,
      (p.last_seen_at is null or least(p.last_seen_at, s.updated_at) < now() - interval '1 minute') as stale
    from backcourt.session s
    join backcourt.person p on p.id = s.person_id
    where s.token = ${token} and s.expires_at > now()
      and s.created_at > now() - ${SESSION_DAYS} * interval '1 day' and p.disabled_at is null`;
  const found = rows[0];
  if (!found) throw new AppError("unauthenticated", "Your session has ended. Sign in again.");
  if (found.stale) await noteSessionUse(db, found.sessionId);
  return { ...actorOf(found, found.role, caller), sessionId: found.sessionId };
}

/** Begins the idle time anew, within the time that a session may last at all. */
async function noteSessionUse(db: Db, sessionId: string): Promise<void> {
  await db.$executeRaw`
    with used as (
      update backcourt.session
      set updated_at = now(), expires_at = least(now() + ${SESSION_IDLE_DAYS} * interval '1 day',
        created_at + ${SESSION_DAYS} * interval '1 day')
      where id = ${sessionId}::uuid
      returning person_id
    )
    update backcourt.person set last_seen_at = now() from used where id = used.person_id`;
}

async function byToken(db: Db, authorization: string, caller: Caller): Promise<Authenticated> {
  const token = BEARER.exec(authorization)?.[1];
  const rows = token
    ? await db.$queryRaw<(PersonRow & { tokenId: string; tokenName: string; tokenRole: Role })[]>`
        select t.id::text as "tokenId", t.name as "tokenName", t.role::text as "tokenRole",
          p.id::text as "personId", p.name, p.email, p.role::text as role,
          (t.last_used_at is null or t.last_used_at < now() - interval '1 minute') as stale
        from backcourt.api_token t
        join backcourt.person p on p.id = t.person_id
        where t.token_hash = ${hashToken(token)} and t.revoked_at is null and t.expires_at > now()
          and p.disabled_at is null`
    : [];
  const found = rows[0];
  if (!found)
    throw new AppError(
      "unauthenticated",
      "This token is not known, or it has expired or was revoked. Make another on Your account.",
    );
  if (found.stale) await noteTokenUse(db, found.tokenId, caller.address);
  const name = `${found.name} (token ${found.tokenName})`;
  const actor = actorOf({ ...found, name }, lesserRole(found.tokenRole, found.role), caller);
  return { ...actor, tokenId: found.tokenId, permissions: permissionsOfToken(actor.permissions) };
}

async function noteTokenUse(db: Db, tokenId: string, address: string | null): Promise<void> {
  await db.$executeRaw`
    with used as (
      update backcourt.api_token set last_used_at = now(), last_used_address = ${address}
      where id = ${tokenId}::uuid
      returning person_id
    )
    update backcourt.person set last_seen_at = now() from used where id = used.person_id`;
}

function permissionsOfToken(permissions: ReadonlySet<Permission>): ReadonlySet<Permission> {
  return new Set([...permissions].filter((permission) => !SIGNED_IN_ONLY.has(permission)));
}

function actorOf(person: PersonRow, role: Role, caller: Caller): Authenticated {
  const { name, email, personId } = person;
  return {
    name,
    email,
    personId,
    tokenId: null,
    sessionId: null,
    role,
    permissions: ROLE_PERMISSIONS[role],
    ...caller,
  };
}
