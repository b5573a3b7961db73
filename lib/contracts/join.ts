import { z } from "zod";
import { INVITE_PURPOSES } from "./access";
import { newPasswordSchema } from "./auth";
import { NAME_MAX, nameSchema } from "./person-fields";
import { roleSchema } from "./roles";

/** What the part of an invite's link behind the `#` looks like. */
export const inviteSecretSchema = z.string().regex(/^[A-Za-z0-9_-]{43}$/, "is not an invite's token");

export const lookAtInviteRequestSchema = z.strictObject({ token: inviteSecretSchema });
export type LookAtInviteRequest = z.infer<typeof lookAtInviteRequestSchema>;

/** Whom an invite is for. */
export const openInviteSchema = z.object({
  purpose: z.enum(INVITE_PURPOSES),
  email: z.string(),
  role: roleSchema,
  invitedBy: z.string(),
  expiresAt: z.iso.datetime(),
});
export type OpenInvite = z.infer<typeof openInviteSchema>;

export const acceptInviteRequestSchema = z.strictObject({
  token: inviteSecretSchema,
  /** Who joins says it; who only sets a password anew has one. */
  name: nameSchema(NAME_MAX).optional(),
  password: newPasswordSchema,
});
export type AcceptInviteRequest = z.infer<typeof acceptInviteRequestSchema>;

export const acceptInviteResponseSchema = z.object({ email: z.string() });
