import { z } from "zod";
import { emailSchema } from "./auth";
import { reasonSchema } from "./person-fields";
import { roleSchema } from "./roles";

/** Of one person, as many of the open sessions as are listed one by one; the newest ones. */
export const MAX_LISTED_SESSIONS = 20;

/** A browser that is signed in. */
export const openSessionSchema = z.object({
  id: z.string(),
  startedAt: z.iso.datetime(),
  /** When it was last used, to the minute. */
  usedAt: z.iso.datetime(),
  /** The network address that it was opened from; null where none was told. */
  address: z.string().nullable(),
  /** What the browser called itself; null where it said nothing. */
  userAgent: z.string().nullable(),
});
export type OpenSession = z.infer<typeof openSessionSchema>;

/** A key for scripts; the secret itself is not kept. */
export const apiTokenSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** What it was made for; it never may more than its person does now. */
  role: roleSchema,
  /** Its first characters, by which its person knows it again. */
  prefix: z.string(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
  lastUsedAddress: z.string().nullable(),
});
export type ApiToken = z.infer<typeof apiTokenSchema>;

export const personSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: roleSchema,
  /** How they sign in: `credential` for a password, else the provider's id. Empty: not at all. */
  signIn: z.array(z.string()),
  createdAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime().nullable(),
  /** Null while they may sign in. */
  disabled: z
    .object({ at: z.iso.datetime(), by: z.string().nullable(), reason: z.string().nullable() })
    .nullable(),
  sessionCount: z.int(),
  /** The newest MAX_LISTED_SESSIONS of them. */
  sessions: z.array(openSessionSchema),
  /** Those that are neither expired nor revoked. */
  tokens: z.array(apiTokenSchema),
});
export type Person = z.infer<typeof personSchema>;

export const listPeopleResponseSchema = z.object({ people: z.array(personSchema) });
export type ListPeopleResponse = z.infer<typeof listPeopleResponseSchema>;

/** What a link is for: to join, or to set the password of somebody who is there anew. */
export const INVITE_PURPOSES = ["join", "password"] as const;
export type InvitePurpose = (typeof INVITE_PURPOSES)[number];

/** A link that nobody has used yet. */
export const inviteSchema = z.object({
  id: z.string(),
  purpose: z.enum(INVITE_PURPOSES),
  email: z.string(),
  role: roleSchema,
  invitedBy: z.string(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
});
export type Invite = z.infer<typeof inviteSchema>;

export const listInvitesResponseSchema = z.object({ invites: z.array(inviteSchema) });

export const createInviteRequestSchema = z.strictObject({ email: emailSchema, role: roleSchema });
export type CreateInviteRequest = z.infer<typeof createInviteRequestSchema>;

/** The only answer that ever holds the link. */
export const createInviteResponseSchema = z.object({
  invite: inviteSchema,
  /** `/join#SECRET`: behind the `#`, so that no server's log and no Referer ever holds the secret. */
  path: z.string(),
});
export type CreateInviteResponse = z.infer<typeof createInviteResponseSchema>;

export const revokedInviteSchema = z.object({ id: z.string() });

export const changeRoleRequestSchema = z.strictObject({ role: roleSchema });
export type ChangeRoleRequest = z.infer<typeof changeRoleRequestSchema>;

export const disablePersonRequestSchema = z.strictObject({ reason: reasonSchema });
export type DisablePersonRequest = z.infer<typeof disablePersonRequestSchema>;

/** For acts that need nothing but whom they are done to. */
export const emptyRequestSchema = z.strictObject({});

/** Answer of every act upon a person: how they stand now. */
export const changedPersonSchema = z.object({
  id: z.string(),
  role: roleSchema,
  isDisabled: z.boolean(),
  endedSessions: z.int(),
});
export type ChangedPerson = z.infer<typeof changedPersonSchema>;

/** An id in a path: PostgreSQL would refuse to compare anything but a UUID. */
export const personParamsSchema = z.strictObject({ id: z.string() });
