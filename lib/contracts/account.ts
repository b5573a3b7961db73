import { z } from "zod";
import { apiTokenSchema, openSessionSchema } from "./access";
import { newPasswordSchema } from "./auth";
import { nameSchema } from "./person-fields";
import { roleSchema } from "./roles";

/** How long an API token may live, in days. */
export const TOKEN_DAYS = [7, 30, 90, 365] as const;
export const DEFAULT_TOKEN_DAYS = 90;
/** A list for a person to look through, not a store. */
export const MAX_TOKENS = 50;

/** Every token begins with it, so that a search for leaked ones knows what to look for. */
export const TOKEN_START = "bc_";

export const accountSchema = z.object({
  name: z.string(),
  email: z.string(),
  role: roleSchema,
  createdAt: z.iso.datetime(),
  signIn: z.array(z.string()),
  sessions: z.array(openSessionSchema.extend({ isThisOne: z.boolean() })),
  sessionCount: z.int(),
  tokens: z.array(apiTokenSchema),
});
export type Account = z.infer<typeof accountSchema>;

export const createTokenRequestSchema = z.strictObject({
  name: nameSchema(60),
  role: roleSchema,
  days: z
    .literal(TOKEN_DAYS, { error: `must be one of ${TOKEN_DAYS.join(", ")}` })
    .default(DEFAULT_TOKEN_DAYS),
});
export type CreateTokenInput = z.input<typeof createTokenRequestSchema>;
export type CreateTokenRequest = z.infer<typeof createTokenRequestSchema>;

/** The only answer that ever holds the secret. */
export const createTokenResponseSchema = z.object({ token: apiTokenSchema, secret: z.string() });
export type CreateTokenResponse = z.infer<typeof createTokenResponseSchema>;

export const revokedTokenSchema = z.object({ id: z.string() });

export const endedSessionsSchema = z.object({ ended: z.int() });

export const changePasswordRequestSchema = z.strictObject({
  current: z.string().min(1, "must not be empty").max(1_000, "is longer than any password here"),
  next: newPasswordSchema,
});
export type ChangePasswordRequest = z.infer<typeof changePasswordRequestSchema>;
