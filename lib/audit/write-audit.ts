import type { Actor } from "@/lib/auth/permissions";
import type { DbOrTransaction } from "@/lib/db";
import type { Prisma } from "@/lib/generated/prisma/client";
import { storableParams, storableText } from "./storable-params";

/** Who acted, as the audit keeps it: every Actor fits. */
export type AuditActor = Pick<Actor, "name" | "personId" | "tokenId" | "address" | "userAgent">;

export type AuditRecord = {
  actor: AuditActor;
  /** `run.create`, `session.sign-in`: lib/contracts/audit.ts has the words for each. */
  action: string;
  target?: string;
  /** What was asked for. Values of fields like `password` or `token` are masked before they are stored. */
  params: unknown;
  reason?: string | null;
  /** The command line that was ordered. */
  argv?: readonly string[];
  /** `accepted`, or the error code of the refusal. */
  result: string;
  message?: string;
  runId?: string;
};

const LONGEST = { name: 300, userAgent: 500, text: 1_000, argument: 4_000 };

/** Somebody whom nobody knows: no session, or a wrong password. */
export function unknownActor(from: Pick<Actor, "address" | "userAgent">): AuditActor {
  return { name: "unknown", personId: null, tokenId: null, ...from };
}

/** Appends to the audit. Give the transaction of the act itself, so that neither exists without the other. */
export async function writeAudit(db: DbOrTransaction, record: AuditRecord): Promise<void> {
  const { actor, action, target, params, reason, argv = [], result, message, runId } = record;
  await db.auditEntry.create({
    data: {
      actor: storableText(actor.name, LONGEST.name),
      personId: actor.personId,
      tokenId: actor.tokenId,
      address: optional(actor.address, LONGEST.name),
      userAgent: optional(actor.userAgent, LONGEST.userAgent),
      action,
      target: optional(target, LONGEST.text),
      params: storableParams(params) as Prisma.InputJsonValue,
      reason: optional(reason, LONGEST.text),
      argv: argv.map((argument) => storableText(argument, LONGEST.argument)),
      result,
      message: optional(message, LONGEST.text),
      runId,
    },
  });
}

function optional(text: string | null | undefined, longest: number): string | null {
  return text ? storableText(text, longest) : null;
}
