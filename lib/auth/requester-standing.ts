import { lesserRole, type Permission, ROLE_PERMISSIONS, type Role } from "@/lib/contracts/roles";
import type { Db } from "@/lib/db";

/** By what somebody was let in: a session, or a token, or only who they are. */
export type Credentials = { personId: string; sessionId?: string | null; tokenId?: string | null };

/** What somebody may do now, or why they may nothing any more. */
export type Standing = { role: Role; lost: null } | { role: null; lost: string };

type Row = {
  name: string;
  role: Role;
  disabled: boolean;
  sessionLives: boolean;
  tokenRole: Role | null;
  tokenName: string | null;
  tokenLives: boolean;
};

/** Asks the database again for somebody who was let in before. */
export async function readStanding(
  db: Db,
  { personId, sessionId = null, tokenId = null }: Credentials,
): Promise<Standing> {
  const rows = await db.$queryRaw<Row[]>`
    select p.name, p.role::text as role, p.disabled_at is not null as disabled,
      coalesce(s.expires_at > now() and s.created_at > now() - interval '30 days', false) as "sessionLives",
      t.role::text as "tokenRole", t.name as "tokenName",
      coalesce(t.revoked_at is null and t.expires_at > now(), false) as "tokenLives"
    from backcourt.person p
    left join backcourt.session s on s.id = ${sessionId}::uuid and s.person_id = p.id
    left join backcourt.api_token t on t.id = ${tokenId}::uuid and t.person_id = p.id
    where p.id = ${personId}::uuid`;
  const found = rows[0];
  if (!found) return { role: null, lost: "who ordered it has no account any more" };
  if (found.disabled) return { role: null, lost: `${found.name} has been disabled` };
  if (sessionId !== null && !found.sessionLives) return { role: null, lost: "the session has ended" };
  if (tokenId === null) return { role: found.role, lost: null };
  if (found.tokenRole === null || !found.tokenLives)
    return {
      role: null,
      lost: `the token ${found.tokenName ?? "that ordered it"} has expired or was revoked`,
    };
  return { role: lesserRole(found.tokenRole, found.role), lost: null };
}

/**
 * Why a run must not start any more, in words, or null: whoever ordered it is asked for again at its start. A
 * run from before there were people has nobody to ask for.
 */
export async function requesterRefusal(
  db: Db,
  run: { requestedById: string | null; requestedByToken: string | null; requestedBy: string },
  permission: Permission = "run",
): Promise<string | null> {
  if (run.requestedById === null) return null;
  const { role, lost } = await readStanding(db, {
    personId: run.requestedById,
    tokenId: run.requestedByToken,
  });
  const why =
    lost ?? (ROLE_PERMISSIONS[role].has(permission) ? null : `${run.requestedBy} may not run anything now`);
  return why && `Nothing was started: ${why}, after ordering it. Somebody who may can order it again.`;
}
