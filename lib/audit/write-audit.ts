import type { DbOrTransaction } from "@/lib/db";
import type { Prisma } from "@/lib/generated/prisma/client";

export type AuditRecord = {
  actor: string;
  /** `run.create`, `run.cancel`, `waiver.create`, `waiver.revoke` */
  action: string;
  target?: string;
  params: Prisma.InputJsonValue;
  /** `accepted`, or the error code of the refusal. */
  result: string;
  message?: string;
  runId?: string;
};

/** Appends to the audit. Give the transaction of the act itself, so that neither exists without the other. */
export async function writeAudit(db: DbOrTransaction, record: AuditRecord): Promise<void> {
  await db.auditEntry.create({ data: record });
}
