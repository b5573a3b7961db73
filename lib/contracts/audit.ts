import { z } from "zod";
import { ERROR_CODES } from "./error-response";
import { gameDateSchema } from "./game-date-schema";
import { runStateSchema } from "./runs";

/** What the audit's screens call each action; one that is missing here is shown by its own name. */
export const AUDIT_ACTION_WORDS: Readonly<Record<string, string>> = {
  "run.create": "Order a run",
  "run.cancel": "Cancel a run",
  "waiver.create": "Waive a game",
  "waiver.revoke": "Take a waiver back",
  "dbt-preset.create": "Save a preset",
  "dbt-preset.delete": "Delete a preset",
  "session.sign-in": "Sign in",
  "session.sign-out": "Sign out",
  "session.end": "End a session",
  "password.change": "Change the password",
  "token.create": "Make a token",
  "token.revoke": "Revoke a token",
  "invite.create": "Invite a person",
  "invite.revoke": "Revoke an invite",
  "invite.accept": "Use an invite's link",
  "person.change-role": "Change a role",
  "person.disable": "Disable a person",
  "person.enable": "Enable a person",
  "person.end-sessions": "End all sessions",
  "person.reset-password": "Make a password link",
  "people.look": "Look at people",
  "audit.look": "Look at the audit",
};

/** The result of an act that was done; every other result is the code of its refusal. */
export const ACCEPTED = "accepted";
/** `accepted`, every refusal, or refusals of one kind. */
export const AUDIT_RESULTS = [ACCEPTED, "refused", ...ERROR_CODES] as const;
/** In the person's place: nobody who was known. */
export const UNKNOWN_PERSON = "unknown";

export const auditFilterSchema = z.strictObject({
  person: z.uuid({ error: "is the id of a person, or unknown" }).or(z.literal(UNKNOWN_PERSON)).optional(),
  action: z
    .string()
    .regex(/^[a-z][a-z.-]{0,59}$/, { error: "is an action such as run.create" })
    .optional(),
  result: z.enum(AUDIT_RESULTS).optional(),
  /** The first and the last day, US Eastern, both included. */
  from: gameDateSchema.optional(),
  to: gameDateSchema.optional(),
  run: z.uuid({ error: "is the id of a run" }).optional(),
  /** In whatever an entry holds, in whatever case. */
  text: z.string().trim().min(1).max(200).optional(),
});
export type AuditFilter = z.infer<typeof auditFilterSchema>;

const entryIdSchema = z.string().regex(/^[1-9]\d{0,17}$/, { error: "is the number of an entry" });

export const auditRequestSchema = auditFilterSchema.extend({
  /** Entries older than this one. */
  before: entryIdSchema.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type AuditRequest = z.infer<typeof auditRequestSchema>;
export type AuditInput = z.input<typeof auditRequestSchema>;

/** Control characters of what others wrote are encoded (`\n`, `\u001b`) in every text of it. */
export const auditEntrySchema = z.object({
  id: entryIdSchema,
  at: z.iso.datetime(),
  actor: z.string(),
  personId: z.uuid().nullable(),
  tokenId: z.uuid().nullable(),
  address: z.string().nullable(),
  userAgent: z.string().nullable(),
  action: z.string(),
  target: z.string().nullable(),
  params: z.unknown(),
  /** `accepted`, or the code of the refusal. */
  result: z.string(),
  message: z.string().nullable(),
  reason: z.string().nullable(),
  argv: z.array(z.string()),
  runId: z.uuid().nullable(),
  /** What became of the run until now; null for one that is not kept any more. */
  run: z
    .object({
      title: z.string(),
      state: runStateSchema,
      outcome: z.string().nullable(),
      gameDate: gameDateSchema.nullable(),
    })
    .nullable(),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

export const auditPageSchema = z.object({
  entries: z.array(auditEntrySchema),
  /** Pass as `before` for the next page; null on the last. */
  nextBefore: entryIdSchema.nullable(),
});
export type AuditPage = z.infer<typeof auditPageSchema>;

export const auditPeopleSchema = z.object({
  people: z.array(z.object({ id: z.uuid(), name: z.string(), email: z.string() })),
});
export type AuditPeople = z.infer<typeof auditPeopleSchema>;
