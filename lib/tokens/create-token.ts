import { writeAudit } from "@/lib/audit/write-audit";
import { hashToken } from "@/lib/auth/authenticate";
import type { Actor } from "@/lib/auth/permissions";
import {
  type CreateTokenRequest,
  type CreateTokenResponse,
  MAX_TOKENS,
  TOKEN_START,
} from "@/lib/contracts/account";
import { lesserRole } from "@/lib/contracts/roles";
import type { Db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { assertSignedIn } from "@/lib/people/assert-signed-in";
import { randomSecret } from "./random-secret";
import { livingTokens, TOKEN_COLUMNS, tokenView } from "./token-view";

/** Characters of a token that are kept readable: its start and five more, of which nothing can be guessed. */
const PREFIX_LENGTH = TOKEN_START.length + 5;
const DAY_MS = 86_400_000;

export type CreateToken = { db: Db; actor: Actor; request: CreateTokenRequest; now?: () => Date };

/**
 * Makes a key for scripts, with its audit entry; the secret is in this answer and nowhere else afterwards.
 * @throws AppError `forbidden` for a token that asks, and for more than one's own role; `conflict` for too many
 */
export async function createToken({
  db,
  actor,
  request: { name, role, days },
  now = () => new Date(),
}: CreateToken): Promise<CreateTokenResponse> {
  const { personId } = assertSignedIn(actor, "make API tokens");
  if (lesserRole(role, actor.role) !== role)
    throw new AppError(
      "forbidden",
      `A token may do at most what you may: you are ${withArticle(actor.role)}.`,
    );
  const secret = `${TOKEN_START}${randomSecret()}`;
  const createdAt = now();
  return db.$transaction(async (tx) => {
    if ((await tx.apiToken.count({ where: { personId, ...livingTokens(createdAt) } })) >= MAX_TOKENS)
      throw new AppError("conflict", `You have ${MAX_TOKENS} tokens already: revoke one that nobody uses.`);
    const created = await tx.apiToken.create({
      data: {
        personId,
        name,
        role,
        tokenHash: hashToken(secret),
        prefix: secret.slice(0, PREFIX_LENGTH),
        createdAt,
        expiresAt: new Date(createdAt.getTime() + days * DAY_MS),
      },
      select: TOKEN_COLUMNS,
    });
    const token = tokenView(created);
    await writeAudit(tx, {
      actor,
      action: "token.create",
      target: name,
      params: { id: token.id, role, prefix: token.prefix, expiresAt: token.expiresAt },
      result: "accepted",
    });
    return { token, secret };
  });
}

function withArticle(role: string): string {
  return /^[aeiou]/.test(role) ? `an ${role}` : `a ${role}`;
}
