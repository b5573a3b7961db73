import { defineRoute } from "@/app/api/define-route";
import { listAudit } from "@/lib/audit/list-audit";
import { auditRequestSchema } from "@/lib/contracts/audit";

export const dynamic = "force-dynamic";

/** The audit, newest first. */
export const GET = defineRoute({
  permission: "audit",
  query: auditRequestSchema,
  handle: ({ server, query }) => listAudit(server.db, query),
});
