import type { ApiToken } from "@/lib/contracts/access";
import type { ApiToken as Row } from "@/lib/generated/prisma/client";

/** What is shown of a token: never its hash. */
export const TOKEN_COLUMNS = {
  id: true,
  name: true,
  role: true,
  prefix: true,
  createdAt: true,
  expiresAt: true,
  lastUsedAt: true,
  lastUsedAddress: true,
} as const;

/** A token as the screens and the API show it. */
export function tokenView(token: Pick<Row, keyof typeof TOKEN_COLUMNS>): ApiToken {
  return {
    ...token,
    createdAt: token.createdAt.toISOString(),
    expiresAt: token.expiresAt.toISOString(),
    lastUsedAt: token.lastUsedAt?.toISOString() ?? null,
  };
}

/** Those that still open anything at `now`, their person's standing aside. */
export function livingTokens(now: Date) {
  return { revokedAt: null, expiresAt: { gt: now } };
}
